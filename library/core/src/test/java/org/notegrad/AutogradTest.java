package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a graph is walked, and what a walk leaves behind. */
class AutogradTest {
  static Tensor leaf(double... values) {
    return tensor(values).requiresGrad(true);
  }

  private static void assertMessage(String expected, NotegradException error) {
    assertEquals(expected, error.getMessage());
  }

  // ---- the walk -------------------------------------------------------------------------------

  @Test
  void chainOfHundredThousandOperationsGoesForwardAndBack() {
    Tensor x = scalar(DType.FLOAT64, 1).requiresGrad(true);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = i % 2 == 0 ? y.add(1e-3) : y.mul(1.0);
    }
    y.backward();
    assertEquals(1, x.grad().item());
    assertEquals(51, y.item(), 1e-9);
  }

  @Test
  void longChainHasASecondDerivative() {
    Tensor x = leaf(2);
    Tensor y = x.square();
    for (int i = 0; i < 20_000; i++) {
      y = y.neg();
    }
    Tensor first = Autograd.grad(Graph.CREATE, y.sum(), x)[0];
    assertEquals(4, first.item());
    assertEquals(2, Autograd.grad(first.sum(), x)[0].item());
  }

  @Test
  void gradientsOfAllUsesAreAdded() {
    Tensor x = leaf(3);
    Tensor y = x.mul(x).add(x).add(x.mul(2.0));
    y.sum().backward();
    assertEquals(2 * 3 + 1 + 2, x.grad().item());
  }

  @Test
  void diamondOfManyPathsIsWalkedOnce() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 60; i++) {
      y = y.add(y); // 2^60 paths
    }
    y.sum().backward();
    assertEquals(0x1p60, x.grad().item());
  }

  @Test
  void backwardAddsToWhatIsThere() {
    Tensor x = leaf(1, 2);
    x.sum().backward();
    x.square().sum().backward();
    assertArrayEquals(new double[] {3, 5}, x.grad().toDoubleArray());
  }

  @Test
  void gradLeavesGradAlone() {
    Tensor x = leaf(2);
    Tensor w = leaf(5);
    Tensor[] gradients = Autograd.grad(x.mul(w).sum(), x, w);
    assertEquals(5, gradients[0].item());
    assertEquals(2, gradients[1].item());
    assertNull(x.grad());
    assertNull(w.grad());
  }

  @Test
  void gradOfAnIntermediateTensorIsItsOwn() {
    Tensor x = leaf(2);
    Tensor h = x.square();
    Tensor y = h.mul(h).sum();
    Tensor[] gradients = Autograd.grad(Graph.RETAIN, y, h, x);
    assertEquals(8, gradients[0].item());
    assertEquals(32, gradients[1].item());
    assertEquals(8, Autograd.grad(y, h)[0].item());
    assertEquals(4, Autograd.grad(h.sum(), x)[0].item(), "what lies behind h was not freed");
  }

  @Test
  void gradOfTheOutputItselfIsOne() {
    Tensor y = leaf(2).square().sum();
    assertEquals(1, Autograd.grad(y, y)[0].item());
  }

  @Test
  void gradRefusesWhatTheOutputDoesNotDependOn() {
    Tensor x = leaf(2);
    Tensor other = leaf(3);
    assertMessage(
        "grad: the output does not depend on input 1",
        assertThrows(NotegradException.class, () -> Autograd.grad(x.square().sum(), x, other)));
    assertMessage(
        "grad: input 0 does not require a gradient",
        assertThrows(NotegradException.class, () -> Autograd.grad(x.square().sum(), tensor(1.0))));
  }

  @Test
  void vjpTakesTheOutputsGradient() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] gradients = Autograd.vjp(Graph.FREE, x.square(), tensor(1.0, 0, -1), x);
    assertArrayEquals(new double[] {2, 0, -6}, gradients[0].toDoubleArray());
  }

  @Test
  void onlyScalarsHaveAGradientOfTheirOwn() {
    Tensor x = leaf(1, 2);
    var error = assertThrows(ShapeException.class, () -> x.square().backward());
    assertTrue(error.getMessage().startsWith("backward: (2,): only a scalar"), error.getMessage());
    assertThrows(NotegradException.class, () -> tensor(1.0).sum().backward());
    assertThrows(ShapeException.class, () -> x.square().backward(Graph.FREE, ones(3)));
    assertMessage(
        "backward: a gradient of float64 for an output of float32",
        assertThrows(
            NotegradException.class,
            () -> x.square().backward(Graph.FREE, ones(DType.FLOAT64, 2))));
    assertNull(x.grad());
  }

  // ---- what becomes of the graph --------------------------------------------------------------

  @Test
  void secondWalkOfAFreedGraphIsAnError() {
    Tensor x = leaf(2);
    Tensor y = x.square().sum();
    y.backward();
    var error = assertThrows(NotegradException.class, y::backward);
    assertTrue(error.getMessage().contains("square"), error.getMessage());
    assertTrue(error.getMessage().contains("Graph.RETAIN"), error.getMessage());
  }

  @Test
  void retainedGraphIsWalkedTwice() {
    Tensor x = leaf(2);
    Tensor y = x.square().sum();
    y.backward(Graph.RETAIN);
    y.backward();
    assertEquals(8, x.grad().item());
  }

  @Test
  void createdGradientsHaveGradients() {
    Tensor x = leaf(2);
    x.pow(3.0).sum().backward(Graph.CREATE);
    Tensor first = x.grad();
    assertTrue(first.requiresGrad());
    assertEquals(12, first.item());
    x.setGrad(null);
    first.sum().backward();
    assertEquals(12, x.grad().item());
    assertFalse(x.grad().requiresGrad());
  }

  @Test
  void gradientsAreNoPartOfAGraphUnlessAskedFor() {
    Tensor x = leaf(2);
    assertFalse(Autograd.grad(x.pow(3.0).sum(), x)[0].requiresGrad());
  }

  @Test
  void savedTensorsAreReleasedAsTheWalkGoes() {
    Tensor x = ones(1000).requiresGrad(true);
    List<WeakReference<Tensor>> intermediates = new ArrayList<>();
    Tensor loss = recorded(x, intermediates);
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() != null), "saved until the walk");
    loss.backward();
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() == null), "dropped by the walk");
    assertEquals(1000, loss.item(), "the loss, and with it the graph's nodes, are still there");
  }

  private static Tensor recorded(Tensor x, List<WeakReference<Tensor>> intermediates) {
    Tensor y = x;
    for (int i = 0; i < 20; i++) {
      y = y.square();
      intermediates.add(new WeakReference<>(y));
    }
    intermediates.removeLast(); // sum keeps no tensor, so nothing but square holds its input
    return y.sum();
  }

  @Test
  void operationsThatNeedNothingKeepNothing() {
    Tensor x = ones(1000).requiresGrad(true);
    List<WeakReference<Tensor>> intermediates = new ArrayList<>();
    Tensor y = x;
    for (int i = 0; i < 5; i++) {
      y = y.neg().add(1.0).reshape(10, 100).t().sub(2.0).flatten();
      intermediates.add(new WeakReference<>(y));
    }
    y = y.sum();
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() == null));
    y.backward();
    assertEquals(-1, x.grad().get(0).item());
  }

  private static void collectGarbage() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
  }
}
