package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.nn.Linear;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/** A tensor that takes another's place and stays the same object. */
class BecomeTest {
  private final Tensor p = Tensor.tensor(1.0, 2.0).requiresGrad(true);
  private final Tensor other = Tensor.tensor(new double[][] {{3, 4, 5}});

  private void refused() {
    var e = assertThrows(NotegradException.class, () -> p.become(other));
    assertEquals(
        "become: a graph that was recorded with this tensor of shape (2,) needs it as it is; call"
            + " backward() on its result first, or let the result go",
        e.getMessage());
    assertArrayEquals(new double[] {1, 2}, p.toDoubleArray());
  }

  @Test
  void theSameTensorHasTheOthersElements() {
    p.setGrad(Tensor.ones(2));
    Tensor before = p.detach();
    assertSame(p, p.become(other));
    assertEquals(Shape.of(1, 3), p.shape());
    assertArrayEquals(new double[] {3, 4, 5}, p.toDoubleArray());
    assertTrue(p.requiresGrad() && p.isLeaf());
    assertNull(p.grad());
    other.mulInPlace(2);
    assertArrayEquals(new double[] {6, 8, 10}, p.toDoubleArray(), "the memory is shared");
    assertArrayEquals(new double[] {1, 2}, before.toDoubleArray());
    assertFalse(other.requiresGrad());
    p.square().sum().backward();
    assertArrayEquals(new double[] {12, 16, 20}, p.grad().toDoubleArray());
    p.become(p);
    assertEquals(3, p.grad().numel());
  }

  @Test
  void itTakesTheOthersTypeAndLayout() {
    Tensor wide = Tensor.arange(6).to(DType.FLOAT64).reshape(2, 3).t();
    p.become(wide);
    assertEquals(DType.FLOAT64, p.dtype());
    assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, p.toDoubleArray());
    assertFalse(p.isContiguous());
  }

  @Test
  void aGraphThatWaitsForItsBackwardPassKeepsItAsItIs() {
    Tensor loss = p.mul(p).sum();
    refused();
    loss.backward(Graph.RETAIN);
    refused();
    assertArrayEquals(new double[] {2, 4}, p.grad().toDoubleArray());
    loss.backward();
    assertArrayEquals(new double[] {4, 8}, p.grad().toDoubleArray(), "refusing changed nothing");
    p.become(other);
    assertTrue(loss.requiresGrad(), "held until here");
  }

  @Test
  void itWaitsForEachGraphAndForEachPart() {
    Tensor first = p.slice(0, 0, 1).sum();
    Tensor second = p.add(1).sum();
    first.backward();
    refused();
    second.backward();
    p.become(other);
    assertEquals(5, first.item() + second.item() - 1);
  }

  @Test
  void gradientsOfGradientsWaitToo() {
    Tensor y = p.square().mul(p).sum();
    Tensor[] gradient = Autograd.grad(Graph.CREATE, y, p);
    gradient[0].sum().backward(Graph.RETAIN);
    y.backward();
    refused();
    assertArrayEquals(new double[] {6 + 3, 12 + 12}, p.grad().toDoubleArray());
    gradient = null;
    p.become(other);
  }

  @Test
  void aGraphThatNobodyHoldsDoesNotKeepIt() {
    record(p);
    p.become(other);
    assertArrayEquals(new double[] {3, 4, 5}, p.toDoubleArray());
  }

  private static void record(Tensor parameter) {
    assertTrue(parameter.exp().mul(parameter).sum().requiresGrad());
  }

  @Test
  void whatWasNotRecordedDoesNotKeepIt() {
    Tensor y = Autograd.noGrad(() -> p.mul(2).sum());
    Tensor shape = p.detach().add(1);
    p.become(other);
    assertEquals(6 + 5, y.item() + shape.sum().item());
  }

  @Test
  void freezingDoesNotHideAGraph() {
    Tensor y = p.mul(2).sum();
    p.requiresGrad(false);
    refused();
    assertEquals(6, y.item());
  }

  @Test
  void aGraphThatHoldsAFrozenTensorIsRefusedByItsBackwardPass() {
    Tensor x = Tensor.tensor(5.0, 6.0).requiresGrad(true);
    p.requiresGrad(false);
    Tensor sum = x.mul(p).sum();
    p.become(Tensor.tensor(7.0, 8.0));
    var e = assertThrows(NotegradException.class, sum::backward);
    assertTrue(e.getMessage().contains("mul saved for its gradient was changed"), e.getMessage());
  }

  /** The old and the new storage may have been written equally often. */
  @Test
  void theVersionRisesWhateverTheOtherOnesIs() {
    Tensor often = Tensor.zeros(2);
    for (int i = 0; i < 5; i++) {
      often.addInPlace(1);
    }
    for (Tensor next : List.of(often, Tensor.zeros(2), often.detach())) {
      int before = p.version();
      p.become(next);
      assertEquals(before + 1, p.version());
      Autograd.noGrad(() -> p.addInPlace(1));
      assertEquals(before + 2, p.version());
    }
  }

  @Test
  void whatCannotBecomeAnotherIsNamed() {
    var result = assertThrows(NotegradException.class, () -> p.mul(2).become(other));
    assertEquals("become: the result of mul follows its inputs", result.getMessage());
    var type = assertThrows(NotegradException.class, () -> p.become(Tensor.arange(2)));
    assertEquals(
        "become: this requires a gradient, which a tensor of int64 has not", type.getMessage());
  }

  @Test
  void anOptimizerGoesOnWithTheSameParameter() {
    var layer = new Linear(2, 1, Linear.Bias.NONE);
    Tensor weight = layer.weight();
    var sgd = new SGD(layer.parameters(), 0.5);
    weight.become(Tensor.ones(1, 4));
    layer.forward(Tensor.ones(3, 4)).sum().backward();
    sgd.step();
    assertArrayEquals(new double[] {-0.5, -0.5, -0.5, -0.5}, weight.toDoubleArray());
    assertSame(weight, layer.parameters().getFirst());
  }

  @Test
  void anOptimizersStateBecomesAnotherWithItsParameter() {
    var adam = new Adam(List.of(p), 0.5);
    p.sum().backward();
    adam.step();
    p.become(Tensor.zeros(3));
    p.sum().backward();
    String still =
        "Adam: a parameter has become %s and its exp_avg is still %s; let that become another, too"
            + " (state), or begin anew (clearState)";
    var shape = assertThrows(NotegradException.class, adam::step);
    assertEquals(still.formatted("float32 (3,)", "float32 (2,)"), shape.getMessage());
    adam.state(p).values().forEach(kept -> kept.become(Tensor.zeros(3)));
    adam.step();
    assertEquals(2, adam.steps(p));
    assertTrue(p.max().item() < 0);
    p.become(Tensor.zeros(DType.FLOAT64, 3));
    p.sum().backward();
    var type = assertThrows(NotegradException.class, adam::step);
    assertEquals(still.formatted("float64 (3,)", "float32 (3,)"), type.getMessage());
    p.become(Tensor.zeros(1));
    adam.clearState(p);
    p.sum().backward();
    adam.step();
    assertEquals(1, adam.steps(p));
    assertEquals(-0.5, p.item(), 1e-6);
  }
}
