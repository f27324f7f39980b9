package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.AutogradTest.leaf;

import org.junit.jupiter.api.Test;

/** A leaf keeps its place in the graphs that it is part of, whatever is set on it meanwhile. */
class LeafTest {
  @Test
  void askingForGradientsTwiceEqualsAskingOnce() {
    Tensor x = leaf(1);
    Tensor y = x.mul(2.0);
    x.requiresGrad(true);
    Tensor z = x.mul(3.0);
    assertEquals(5, Autograd.grad(Graph.RETAIN, y.add(z).sum(), x)[0].item());
    y.add(z).sum().backward();
    assertEquals(5, x.grad().item());
  }

  @Test
  void leafThatWasFrozenAndThawedIsTheSameLeaf() {
    Tensor x = leaf(1);
    Tensor y = x.mul(2.0);
    x.requiresGrad(false);
    Tensor constant = x.mul(10.0);
    x.requiresGrad(true);
    Tensor z = x.mul(3.0);
    y.add(z).add(constant).sum().backward();
    assertEquals(5, x.grad().item());
  }

  @Test
  void tiedWeightGetsTheGradientOfBothUses() {
    Tensor w = leaf(3);
    Tensor first = w.requiresGrad(true).square();
    Tensor second = w.requiresGrad(true).square();
    assertEquals(12, Autograd.grad(first.add(second).sum(), w)[0].item());
  }

  @Test
  void frozenLeafCollectsNothing() {
    Tensor x = leaf(1);
    Tensor w = leaf(2);
    Tensor y = x.mul(w).sum();
    x.requiresGrad(false);
    y.backward(Graph.RETAIN);
    assertNull(x.grad());
    assertEquals(1, w.grad().item());
    var error = assertThrows(NotegradException.class, () -> Autograd.grad(y, x));
    assertEquals("grad: input 0 does not require a gradient", error.getMessage());
  }

  @Test
  void refusingGradientsTwiceEqualsRefusingOnce() {
    Tensor x = leaf(1);
    x.requiresGrad(false).requiresGrad(false);
    assertTrue(x.isLeaf());
    assertNull(x.gradFn());
    x.requiresGrad(true).square().sum().backward();
    assertEquals(2, x.grad().item());
  }
}
