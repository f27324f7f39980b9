package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.Tensor.zeros;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NaN, infinities and numbers at the ends of their range. */
class NonFiniteTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void assertNumbers(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray());
  }

  @Test
  void nanGoesThroughWhatChooses() {
    Tensor x = tensor(NAN, -1, 2);
    assertNumbers(x.relu(), NAN, 0, 2);
    assertNumbers(x.abs(), NAN, 1, 2);
    assertNumbers(x.sign(), NAN, -1, 1);
    assertNumbers(x.maximum(0), NAN, 0, 2);
    assertNumbers(x.minimum(0), NAN, -1, 0);
    assertNumbers(x.maximum(tensor(NAN)), NAN, NAN, NAN);
    assertNumbers(x.clamp(-0.5, 1), NAN, -0.5, 1);
    assertNumbers(x.max(), NAN);
  }

  @Test
  void clampIsTheSmallerOfTheHighBoundAndTheLargerOfTheLow() {
    assertNumbers(tensor(0.0, 1.5, 3).clamp(2.0, 1.0), 1, 1, 1);
    assertArrayEquals(new long[] {1, 1}, tensor(0L, 3).clamp(2, 1).toLongArray());
    assertNumbers(tensor(0.0, 5).clamp(NAN, 1), NAN, NAN);
    assertNumbers(tensor(0.0, 5).clamp(1, NAN), NAN, NAN);
    assertNumbers(tensor(0L, 5).clamp(NAN, 1), NAN, NAN);
    assertNumbers(tensor(-INF, INF).clamp(-1, 1), -1, 1);
    assertNumbers(tensor(-7.0, 7).clamp(-INF, INF), -7, 7);
    assertArrayEquals(new long[] {-7, 7}, tensor(-7L, 7).clamp(-INF, INF).toLongArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void powersAreIeees(DType dtype) {
    Tensor base = tensor(1.0, 1, -1, -INF, NAN, 0, 2, -2).to(dtype);
    Tensor exponent = tensor(INF, NAN, -INF, 0.5, 0, NAN, -INF, 0.5).to(dtype);
    assertNumbers(base.pow(exponent), 1, 1, 1, INF, 1, NAN, 0, NAN);
    assertNumbers(tensor(1.0, -1).to(dtype).pow(INF), 1, 1);
    assertNumbers(tensor(1.0, 2).to(dtype).pow(NAN), 1, NAN);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void normNeitherOverflowsNorUnderflows(DType dtype) {
    double large = dtype == DType.FLOAT32 ? 0x1p100 : 0x1p900;
    Tensor x = fromArray(new double[] {3, 4, 0, 0, 0, NAN, INF, 1}, 4, 2).to(dtype);
    assertNumbers(x.narrow(0, 0, 1).mul(large).norm(), 5 * large);
    assertNumbers(x.narrow(0, 0, 1).mul(1 / large).norm(), 5 / large);
    assertNumbers(x.norm(1), 5, 0, NAN, INF);
    Tensor leaf = x.narrow(0, 0, 1).mul(large).requiresGrad(true);
    leaf.norm().backward();
    assertArrayEquals(new double[] {0.6, 0.8}, leaf.grad().toDoubleArray(), 1e-7);
    Tensor nothing = zeros(dtype, 2).requiresGrad(true);
    nothing.norm().backward();
    assertNumbers(nothing.grad(), 0, 0);
  }

  @Test
  void sigmoidKeepsSmallResults() {
    assertTrue(tensor(-100.0).sigmoid().item() > 0);
    assertEquals(Math.exp(-100), tensor(-100.0).sigmoid().item(), Float.MIN_VALUE);
    assertEquals(Math.exp(-740), tensor(-740.0).to(DType.FLOAT64).sigmoid().item(), 1e-323);
    assertNumbers(tensor(-INF, INF, NAN).sigmoid(), 0, 1, NAN);
  }

  @Test
  void lossBesideAnInfiniteLogitIsUnknown() {
    Tensor logits = tensor(new double[][] {{INF, 0, 1}});
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (long target = 0; target < 3; target++) {
        assertNumbers(crossEntropy(logits.to(dtype), tensor(target)), NAN);
      }
    }
    assertNumbers(logSumExp(logits, 1), INF);
    assertNumbers(crossEntropy(tensor(new double[][] {{-INF, 0}}), tensor(0L)), INF);
    assertNumbers(crossEntropy(tensor(new double[][] {{-INF, 0}}), tensor(1L)), 0);
    assertNumbers(crossEntropy(tensor(new double[][] {{-INF, -INF}}), tensor(1L)), NAN);
  }
}
