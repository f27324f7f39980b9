package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Functional.stack;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.zeros;

import org.junit.jupiter.api.Test;

/** Tensors without elements go through everything that has nothing to choose. */
class EmptyTest {
  @Test
  void emptyTensorOfAnyLayoutTakesAnyEmptyShape() {
    Tensor x = zeros(2, 0, 3).transpose(0, 2);
    assertEquals("(0, 7)", x.reshape(0, 7).shape().toString());
    assertEquals("(5, 0)", zeros(4, 3).narrow(1, 1, 0).reshape(5, 0).shape().toString());
    assertTrue(x.isContiguous());
  }

  @Test
  void gradientsFlowThroughNothing() {
    Tensor x = zeros(1, 0, 2).requiresGrad(true);
    stack(1, x, x).sum().backward();
    assertEquals("(1, 0, 2)", x.grad().shape().toString());
    Tensor y = zeros(0, 0, 1).requiresGrad(true);
    Tensor w = ones(1, 2).requiresGrad(true);
    y.matmul(w).sum().backward();
    assertEquals("(0, 0, 1)", y.grad().shape().toString());
    assertArrayEquals(new double[] {0, 0}, w.grad().toDoubleArray());
  }

  @Test
  void emptyPartBeyondTheStorageIsNothing() {
    Tensor x = zeros(5, 33, 0).slice(0, 1, 4);
    assertEquals(0, x.toDoubleArray().length);
    assertEquals("tensor([], shape=(3, 33, 0))", x.toString());
    Tensor y = zeros(0, 2).narrow(1, 1, 1);
    assertEquals(0, y.clone().toFloatArray().length);
    assertEquals(0, zeros(4).narrow(0, 4, 0).toLongArray().length);
    assertEquals(
        0, zeros(3, 4).select(0, 2).narrow(0, 4, 0).to(DType.BOOL).toBooleanArray().length);
    assertEquals(0, x.fillInPlace(1).add(1.0).sum().item());
  }

  @Test
  void statisticsOfNothing() {
    Tensor nothing = zeros(2, 0);
    assertEquals(0, nothing.sum().item());
    assertEquals(1, nothing.prod().item());
    assertEquals(0, nothing.norm().item());
    assertArrayEquals(new double[] {0, 0}, nothing.norm(1).toDoubleArray());
    assertEquals(Double.NaN, nothing.mean().item());
    assertEquals(Double.NaN, nothing.var().item());
    assertEquals(Double.NaN, nothing.std().item());
    assertEquals(Double.NaN, ones(1).var().item());
    assertFalse(nothing.any());
    assertTrue(nothing.all());
    assertArrayEquals(new boolean[] {true, true}, nothing.all(1).toBooleanArray());
    assertArrayEquals(new boolean[] {false, false}, nothing.any(1).toBooleanArray());
    assertEquals(2, nothing.all(1).to(DType.INT64).sum().itemLong(), "true is 1");
    assertEquals(Double.NEGATIVE_INFINITY, logSumExp(nothing, 1).get(0).item());
    assertEquals("(0,)", logSumExp(nothing, 0).shape().toString());
  }

  @Test
  void emptyVectorIsLeftOutWhereMatricesAreJoined() {
    Tensor start = zeros(0).requiresGrad(true);
    Tensor x = ones(2, 3).requiresGrad(true);
    Tensor joined = cat(0, start, x, x);
    assertEquals("(4, 3)", joined.shape().toString());
    joined.sum().backward();
    assertEquals("(0,)", start.grad().shape().toString());
    assertArrayEquals(new double[] {2, 2, 2, 2, 2, 2}, x.grad().toDoubleArray());
    assertEquals("(3,)", cat(0, zeros(0), arange(3)).shape().toString());
    assertEquals("(0,)", cat(-1, zeros(0), zeros(0)).shape().toString());
  }
}
