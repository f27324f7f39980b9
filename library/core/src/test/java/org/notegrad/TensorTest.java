package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.where;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.linspace;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.Tensor.zeros;
import static org.notegrad.backend.Operand.of;

import org.junit.jupiter.api.Test;

/** Creation, types, views and conversions. */
class TensorTest {
  @Test
  void literalsGiveTheTypesOfPyTorch() {
    assertEquals("float32 (2,)", tensor(1.0, 2).describe());
    assertEquals("int64 (2,)", tensor(1, 2).describe());
    assertEquals("bool (1,)", tensor(true).describe());
    assertEquals("float32 (2, 1)", tensor(new double[][] {{1}, {2}}).describe());
    assertEquals("float32 ()", scalar(1).describe());
    assertEquals("int64 (5,)", arange(5).describe());
    assertEquals("float32 (4,)", arange(0, 2, 0.5).describe());
  }

  @Test
  void arraysKeepTheirTypesAndAreCopied() {
    double[] values = {1, 2};
    Tensor x = fromArray(values, 2);
    values[0] = 9;
    assertEquals(DType.FLOAT64, x.dtype());
    assertEquals(1, x.get(0).item());
    assertEquals(DType.FLOAT32, fromArray(new float[1], 1).dtype());
    assertEquals(DType.INT64, fromArray(new long[1], 1).dtype());
    assertEquals(DType.BOOL, fromArray(new boolean[1], 1).dtype());
    double[] out = x.toDoubleArray();
    out[0] = 7;
    assertEquals(1, x.get(0).item());
  }

  @Test
  void numbersBesideTensorsTakeTheTensorsType() {
    assertEquals(DType.FLOAT32, tensor(1.0).mul(0.1).dtype());
    assertEquals(DType.FLOAT64, ones(DType.FLOAT64, 1).mul(0.1).dtype());
    assertEquals(0.1, ones(DType.FLOAT64, 1).mul(0.1).item(), "not rounded to float32 on the way");
    assertEquals(DType.INT64, arange(3).mul(2).dtype());
    assertEquals(DType.FLOAT32, arange(3).mul(0.5).dtype());
    assertEquals(DType.INT64, tensor(true).add(1).dtype());
  }

  @Test
  void clampedIntegersStayIntegersBetweenIntegers() {
    assertArrayEquals(new long[] {1, 1, 2, 3, 3}, arange(5).clamp(1, 3).toLongArray());
    Tensor open = arange(5).clamp(2, Double.POSITIVE_INFINITY);
    assertEquals("int64 (5,)", open.describe());
    assertArrayEquals(new long[] {2, 2, 2, 3, 4}, open.toLongArray());
    Tensor fractions = arange(3).clamp(0.5, 1.5);
    assertEquals("float32 (3,)", fractions.describe());
    assertArrayEquals(new double[] {0.5, 1, 1.5}, fractions.toDoubleArray());
  }

  @Test
  void sequencesEndWhereTheyShould() {
    assertArrayEquals(new long[] {5, 3, 1}, arange(5, 0, -2).toLongArray());
    assertArrayEquals(new long[0], arange(3, 3, 1).toLongArray());
    assertArrayEquals(new double[] {1, 2, 3}, linspace(1, 3, 3).toDoubleArray());
    assertArrayEquals(new double[] {4}, linspace(4, 9, 1).toDoubleArray());
  }

  @Test
  void largeIntegersSurvive() {
    long large = Long.MAX_VALUE - 1;
    assertEquals(large, tensor(large).itemLong());
    assertEquals(Long.MAX_VALUE, tensor(large).add(1).itemLong());
    assertEquals((1L << 53) + 1, tensor(0L).add((1L << 53) + 1).itemLong());
    assertTrue(tensor(large).gt(tensor(large - 1)).all());
    assertTrue(tensor(Long.MAX_VALUE).lt(Double.POSITIVE_INFINITY).all());
    assertTrue(tensor(Long.MAX_VALUE).isFinite().all());
    assertTrue(tensor(3, 4).gt(3.5).logicalNot().get(0).item() == 1);
  }

  @Test
  void viewsShareElements() {
    Tensor x = zeros(2, 3);
    x.reshape(3, 2).fillInPlace(1);
    x.t().select(0, 2).fillInPlace(2);
    x.narrow(1, 0, 1).fillInPlace(5);
    assertArrayEquals(new double[] {5, 1, 2, 5, 1, 2}, x.toDoubleArray());
    x.slice(1, 1, 3).unsqueeze(0).squeeze(0).permute(1, 0).fillInPlace(0);
    assertArrayEquals(new double[] {5, 0, 0, 5, 0, 0}, x.toDoubleArray());
  }

  @Test
  void reshapeOfATransposedTensorCopiesOnlyWhereItMust() {
    Tensor x = arange(12).reshape(2, 2, 3);
    assertSame(of(x).storage(), of(x.transpose(0, 1).unsqueeze(1)).storage());
    assertNotSame(of(x).storage(), of(x.transpose(0, 1).flatten()).storage());
    assertArrayEquals(
        new long[] {0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11},
        x.transpose(0, 1).flatten().toLongArray());
    assertSame(of(x).storage(), of(x.narrow(0, 1, 1).reshape(6)).storage());
    Tensor repeated = tensor(1L, 2).unsqueeze(1).expand(2, 3);
    assertArrayEquals(new long[] {1, 1, 1, 2, 2, 2}, repeated.flatten().toLongArray());
  }

  @Test
  void clonesShareNothing() {
    Tensor x = ones(2);
    x.clone().fillInPlace(0);
    assertArrayEquals(new double[] {1, 1}, x.toDoubleArray());
    Tensor t = arange(6).reshape(2, 3).t();
    assertFalse(t.isContiguous());
    assertTrue(t.clone().isContiguous());
    assertTrue(t.contiguous().isContiguous());
    assertSame(x, x.contiguous());
  }

  @Test
  void negativeIndicesCountFromTheEnd() {
    Tensor x = arange(24).reshape(2, 3, 4);
    assertEquals(4, x.size(-1));
    assertEquals(23, x.get(-1, -1, -1).itemLong());
    assertEquals(x.sum(-1).toString(), x.sum(2).toString());
    assertArrayEquals(new long[] {2, 3}, arange(5).slice(0, -3, -1).toLongArray());
    assertArrayEquals(new long[] {0, 3}, arange(5).slice(0, -99, 99, 3).toLongArray());
    assertEquals(0, arange(5).slice(0, 4, 2).numel());
  }

  @Test
  void conditionsCombine() {
    Tensor x = tensor(-1.0, 0, 2, Double.NaN);
    Tensor inside = x.ge(0).logicalAnd(x.le(2));
    assertArrayEquals(new boolean[] {false, true, true, false}, inside.toBooleanArray());
    assertArrayEquals(
        new boolean[] {true, false, false, true}, inside.logicalNot().toBooleanArray());
    assertTrue(inside.any());
    assertFalse(inside.all());
    assertFalse(zeros(0).any());
    assertTrue(zeros(0).all());
    assertArrayEquals(new double[] {0, 0, 2, 0}, where(inside, x, scalar(0)).toDoubleArray());
    assertTrue(x.isNaN().logicalOr(x.lt(0)).get(3).item() == 1);
  }

  @Test
  void emptyTensorsGoThroughOperations() {
    Tensor x = zeros(0, 3);
    assertEquals(Shape.of(0, 3), x.add(1.0).exp().shape());
    assertEquals(Shape.of(3, 0), x.t().shape());
    assertEquals(Shape.of(0, 2), x.matmul(zeros(3, 2)).shape());
    assertEquals(Shape.of(0, 3), x.softmax(1).shape());
    assertEquals(Shape.of(0), x.argmax(1).shape());
    assertEquals(Shape.of(2, 3), Functional.cat(0, x, ones(2, 3)).shape());
    assertEquals(Shape.of(0, 3), ones(2, 3).indexSelect(0, arange(0)).shape());
    assertEquals("tensor([], shape=(0, 3))", x.toString());
  }

  @Test
  void printsGradientsAndOrigin() {
    Tensor x = tensor(1.0).requiresGrad(true);
    assertEquals("tensor([1.], requiresGrad=true)", x.toString());
    assertEquals("tensor([2.], gradFn=mul)", x.mul(2.0).toString());
  }

  @Test
  void explainsItself() {
    assertTrue(Notegrad.explain().startsWith("cpu: "), Notegrad.explain());
  }
}
