package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.Functional.linear;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackedWeightTest {
  @BeforeEach
  void seed() {
    Notegrad.manualSeed(5);
  }

  @Test
  void valuesAndGradientsAreThoseOfTheWeightItself() {
    Tensor x = Tensor.randn(4, 6, 20).requiresGrad(true);
    Tensor w = Tensor.randn(30, 20).requiresGrad(true);
    Tensor b = Tensor.randn(30).requiresGrad(true);
    Tensor expected = linear(x, w, b);
    Tensor actual = linear(x, PackedWeight.of(w), b);
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());

    Tensor[] expectedGradients = Autograd.grad(expected.square().sum(), x, w, b);
    Tensor[] gradients = Autograd.grad(actual.square().sum(), x, w, b);
    for (int i = 0; i < gradients.length; i++) {
      assertArrayEquals(expectedGradients[i].toFloatArray(), gradients[i].toFloatArray());
    }
  }

  @Test
  void aWeightIsPackedOnceUntilItIsWrittenTo() {
    Tensor w = Tensor.randn(30, 20);
    Tensor x = Tensor.randn(8, 20);
    var packed = PackedWeight.of(w);
    var first = packed.packed();
    assertSame(first, packed.packed());
    w.mulInPlace(2);
    assertNotSame(first, packed.packed());
    assertArrayEquals(linear(x, w, null).toFloatArray(), linear(x, packed, null).toFloatArray());
  }

  @Test
  void anInputOfAnotherTypeIsMultipliedInTheTypeOfBoth() {
    Tensor w = Tensor.randn(3, 2);
    Tensor x = Tensor.ones(DType.FLOAT64, 4, 2);
    Tensor actual = linear(x, PackedWeight.of(w), null);
    assertEquals(DType.FLOAT64, actual.dtype());
    assertArrayEquals(linear(x, w, null).toDoubleArray(), actual.toDoubleArray());
  }

  @Test
  void whatIsNoWeightIsRefused() {
    var error = assertThrows(ShapeException.class, () -> PackedWeight.of(Tensor.ones(3)));
    assertEquals("PackedWeight: (3,): a weight of (out, in) expected", error.getMessage());
    var integers = Tensor.ones(DType.INT64, 2, 2);
    var type = assertThrows(NotegradException.class, () -> PackedWeight.of(integers));
    assertEquals("PackedWeight: a weight of int64; real numbers expected", type.getMessage());
    var packed = PackedWeight.of(Tensor.ones(3, 2));
    assertThrows(ShapeException.class, () -> linear(Tensor.ones(4, 3), packed, null));
  }
}
