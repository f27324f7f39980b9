package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.optim.Adam;

/** Writing in place: what is noticed, what is refused, and what shares no elements. */
class InPlaceTest {
  @Test
  void changeOfASavedTensorIsNoticed() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    Tensor y = x.mul(w).sum();
    w.addInPlace(1.0);
    assertEquals(
        "backward: a tensor of shape (1,) that mul saved for its gradient was changed in place: it"
            + " is at version 1, 0 expected",
        assertThrows(NotegradException.class, y::backward).getMessage());
  }

  @Test
  void changeThroughAViewIsNoticed() {
    Tensor x = leaf(2, 2);
    Tensor w = tensor(3.0, 4);
    Tensor view = w.narrow(0, 0, 1);
    assertEquals(w.version(), view.version());
    Tensor y = x.mul(w).sum();
    view.fillInPlace(0);
    assertEquals(w.version(), view.version());
    assertThrows(NotegradException.class, y::backward);
  }

  @Test
  void changeOfWhatWasNotSavedDoesNoHarm() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    Tensor y = x.add(w).sum();
    w.fillInPlace(0);
    y.backward();
    assertEquals(1, x.grad().item());
  }

  @Test
  void optimizerStepBetweenForwardAndBackwardIsNoticed() {
    Tensor w = leaf(2);
    Tensor y = w.square().sum();
    var adam = new Adam(List.of(w), 0.1);
    y.backward(Graph.RETAIN);
    adam.step();
    assertThrows(NotegradException.class, y::backward);
  }

  @Test
  void parametersAreWrittenOnlyWithoutRecording() {
    Tensor w = leaf(2);
    var error = assertThrows(NotegradException.class, () -> w.addInPlace(1.0));
    assertTrue(error.getMessage().startsWith("addInPlace: "), error.getMessage());
    assertTrue(error.getMessage().contains("noGrad"), error.getMessage());
    assertThrows(NotegradException.class, () -> tensor(1.0).copyInPlace(w));
    assertEquals(2, w.item());
    noGrad(() -> w.addInPlace(1.0));
    assertEquals(3, w.item());
  }

  @Test
  void writingFromAnOverlappingViewReadsFirst() {
    Tensor x = fromArray(new double[] {1, 2, 3, 4}, 2, 2);
    x.addInPlace(x.t());
    assertArrayEquals(new double[] {2, 5, 5, 8}, x.toDoubleArray());
    Tensor y = Tensor.arange(6);
    y.narrow(0, 1, 5).copyInPlace(y.narrow(0, 0, 5));
    assertArrayEquals(new long[] {0, 0, 1, 2, 3, 4}, y.toLongArray());
    Tensor z = tensor(2.0, 3, 4);
    z.mulInPlace(z.narrow(0, 0, 1));
    assertArrayEquals(new double[] {4, 6, 8}, z.toDoubleArray());
  }

  @Test
  void gradientsOfTwoLeavesAreNeverOneTensor() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    a.add(b).sum().backward();
    a.grad().fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, b.grad().toDoubleArray());

    Tensor c = leaf(1, 2);
    Tensor given = ones(2);
    c.reshape(2, 1).flatten().backward(Graph.FREE, given);
    c.grad().fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, given.toDoubleArray());

    Tensor d = leaf(1, 2);
    Tensor e = leaf(5, 6);
    Functional.cat(0, d, e).mul(2.0).sum().backward();
    d.grad().fillInPlace(7);
    assertArrayEquals(new double[] {2, 2}, e.grad().toDoubleArray());
  }

  @Test
  void accumulationDoesNotChangeWhatWasReadBefore() {
    Tensor x = leaf(1);
    x.sum().backward();
    Tensor before = x.grad();
    x.sum().backward();
    assertEquals(1, before.item());
    assertEquals(2, x.grad().item());
  }

  @Test
  void gradientsAreContiguous() {
    Tensor w = Tensor.zeros(3, 2).requiresGrad(true);
    ones(4, 2).matmul(w.t()).sum().backward();
    assertTrue(w.grad().isContiguous());
    Tensor s = scalar(2).requiresGrad(true);
    s.expand(3, 3).sum().backward();
    assertEquals(9, s.grad().item());
  }

  @Test
  void gradientOfAnotherShapeOrTypeIsRefused() {
    Tensor x = leaf(1, 2);
    assertThrows(ShapeException.class, () -> x.setGrad(ones(3)));
    assertThrows(NotegradException.class, () -> x.setGrad(ones(DType.FLOAT64, 2)));
    assertNull(x.grad());
  }
}
