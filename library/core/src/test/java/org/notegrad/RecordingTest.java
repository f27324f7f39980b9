package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.backend.Operand.of;

import org.junit.jupiter.api.Test;

/** What is recorded, and which tensors take gradients. */
class RecordingTest {
  @Test
  void nothingIsRecordedInsideNoGrad() {
    Tensor x = leaf(2);
    Tensor y = noGrad(() -> x.square());
    assertFalse(y.requiresGrad());
    assertNull(y.gradFn());
    assertTrue(Autograd.isEnabled());
    noGrad(() -> assertTrue(Autograd.enableGrad(() -> x.square()).requiresGrad()));
  }

  @Test
  void gradModeComesBackAfterAnException() {
    assertThrows(
        IllegalStateException.class,
        () ->
            noGrad(() -> {
              throw new IllegalStateException();
            }));
    assertTrue(Autograd.isEnabled());
  }

  @Test
  void detachedTensorSharesElementsButNotHistory() {
    Tensor x = leaf(2);
    Tensor y = x.square();
    Tensor z = y.detach();
    assertFalse(z.requiresGrad());
    assertSame(of(y).storage(), of(z).storage());
    y.mul(z).sum().backward();
    assertEquals(4 * 4, x.grad().item());
  }

  @Test
  void detachedLeafIsATensorOfItsOwn() {
    Tensor x = tensor(2.0);
    Tensor y = x.detach();
    assertNotSame(x, y);
    y.requiresGrad(true);
    assertFalse(x.requiresGrad());
  }

  @Test
  void onlyRealTensorsTakeGradients() {
    Tensor x = leaf(1.5, -2.5);
    assertThrows(NotegradException.class, () -> tensor(1L, 2).requiresGrad(true));
    assertFalse(x.to(DType.INT64).requiresGrad());
    assertFalse(x.to(DType.BOOL).requiresGrad());
    assertFalse(x.gt(0).requiresGrad());
    assertFalse(x.argmax(0).requiresGrad());
  }

  @Test
  void resultOfAnOperationIsNoLeaf() {
    Tensor y = leaf(1).square();
    assertFalse(y.isLeaf());
    var error = assertThrows(NotegradException.class, () -> y.requiresGrad(false));
    assertTrue(error.getMessage().contains("square"), error.getMessage());
  }

  @Test
  void conversionsCarryGradientsBackInTheInputsType() {
    Tensor x = leaf(2);
    x.to(DType.FLOAT64).square().sum().backward();
    assertEquals(DType.FLOAT32, x.grad().dtype());
    Tensor mixed = x.detach().requiresGrad(true);
    mixed.mul(tensor(3.0).to(DType.FLOAT64)).sum().backward();
    assertEquals(DType.FLOAT32, mixed.grad().dtype());
    assertEquals(3, mixed.grad().item());
  }

  @Test
  void frozenInputsGetNoGradient() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    x.mul(w).sum().backward();
    assertEquals(3, x.grad().item());
    assertNull(w.grad());
  }
}
