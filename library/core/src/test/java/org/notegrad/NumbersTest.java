package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.where;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.full;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;

import org.junit.jupiter.api.Test;

/** Integers stay exact to the last digit, whatever stands beside them. */
class NumbersTest {
  /** The first integer that no double can hold. */
  private static final long ODD = (1L << 53) + 1;

  private static void assertTruth(Tensor actual, boolean... expected) {
    assertArrayEquals(expected, actual.toBooleanArray());
  }

  @Test
  void integersEqualThemselves() {
    assertTruth(tensor(ODD, ODD - 1).eq(ODD), true, false);
    assertTruth(tensor(ODD, ODD - 1).ne(ODD), false, true);
    assertTruth(tensor(ODD, ODD - 1).lt(ODD), false, true);
    assertTruth(tensor(ODD, ODD - 1).ge(ODD), true, false);
    assertTruth(tensor(ODD, ODD + 1).gt(ODD), false, true);
    assertTruth(tensor(ODD, ODD + 1).le(ODD), true, false);
    assertTruth(tensor(true, false).eq(1), true, false);
    assertTruth(tensor(0.5, 2).eq(2), false, true);
  }

  @Test
  void integersAreComparedWithFractionsExactly() {
    assertTruth(tensor(16_777_217L, 16_777_216).gt(16_777_216.5), true, false);
    assertTruth(tensor(Long.MAX_VALUE).lt(0x1p63), true);
    assertTruth(tensor(Long.MAX_VALUE).eq(0x1p63), false);
    assertTruth(tensor(Long.MIN_VALUE).eq(-0x1p63), true);
    assertTruth(tensor(Long.MIN_VALUE).gt(-0x1p64), true);
    assertTruth(tensor(1L).lt(Double.NaN), false);
    assertTruth(tensor(1L).ne(Double.NaN), true);
  }

  @Test
  void integersFillExactly() {
    assertEquals(ODD, full(DType.INT64, ODD, 2).get(1).itemLong());
    assertEquals(Long.MAX_VALUE, full(DType.INT64, Long.MAX_VALUE).itemLong());
    assertEquals(ODD, scalar(DType.INT64, ODD).itemLong());
    assertEquals(ODD, tensor(1L, 2).fillInPlace(ODD).get(0).itemLong());
    assertEquals((float) ODD, tensor(1.0).fillInPlace(ODD).item());
    long twiceRounded = (1L << 60) + (1L << 36) + 1; // through a double it would lose the last bit
    assertEquals((float) twiceRounded, full(DType.FLOAT32, twiceRounded).item());
  }

  @Test
  void powersOfIntegersAreExact() {
    assertEquals("int64 (1,)", tensor(3L).pow(17).describe());
    assertEquals(129_140_163, tensor(3L).pow(17).itemLong());
    assertArrayEquals(
        new long[] {1, -8, 0, 0, -1, 1L << 62},
        tensor(7L, -2, 2, 0, -1, 2).pow(tensor(0L, 3, -1, 5, -3, 62)).toLongArray());
    assertEquals(1, tensor(0L).pow(0).itemLong());
    assertEquals(4, tensor(true).add(tensor(true)).to(DType.INT64).add(1).pow(2).itemLong());
    assertEquals("float32 (1,)", tensor(3L).pow(0.5).describe());
    assertEquals(
        "pow: integers to the power -1 are fractions; convert them by to(DType.FLOAT32)",
        assertThrows(NotegradException.class, () -> tensor(2L).pow(-1)).getMessage());
    assertEquals(0.5, tensor(2.0).pow(-1).item());
  }

  @Test
  void boundsOfIntegersAreExact() {
    assertEquals(ODD, tensor(ODD + 2).clamp(0, ODD).itemLong());
    assertEquals(ODD, tensor(0L).maximum(ODD).itemLong());
    assertEquals(ODD, tensor(Long.MAX_VALUE).minimum(ODD).itemLong());
    assertEquals(0.5, tensor(0L).maximum(0.5).item());
  }

  @Test
  void truthValuesAreAddedAndMultipliedAsTruthValues() {
    Tensor a = tensor(true, true, false, false);
    Tensor b = tensor(true, false, true, false);
    assertTruth(a.add(b), true, true, true, false);
    assertTruth(a.mul(b), true, false, false, false);
    assertTruth(a.clone().addInPlace(b), true, true, true, false);
    assertEquals("bool (4,)", a.add(b).describe());
    assertEquals("int64 (4,)", a.add(1).describe());
    assertTruth(a.sign(), true, true, false, false);
    assertEquals(2, a.sum().itemLong());
    assertEquals(
        "neg: not on bool; convert it by to(DType.INT64), or use logicalNot",
        assertThrows(NotegradException.class, a::neg).getMessage());
    assertEquals(
        "sub: not on bool; convert it by to(DType.INT64), or use logicalNot",
        assertThrows(NotegradException.class, () -> a.sub(b)).getMessage());
  }

  @Test
  void roundedIntegersAreThemselves() {
    Tensor x = tensor(ODD, -ODD);
    for (Tensor rounded : new Tensor[] {x.floor(), x.ceil(), x.round()}) {
      assertArrayEquals(x.toLongArray(), rounded.toLongArray());
    }
  }

  @Test
  void numbersAreMultipliedInTheTypeOfTheSum() {
    assertEquals(0.1, full(DType.FLOAT64, 0, 1).addInPlace(tensor(1L), 0.1).item());
    assertEquals(0.1, full(DType.FLOAT64, 0, 1).addInPlace(tensor(true), 0.1).item());
    assertEquals(ODD, tensor(0L).addInPlace(ODD).itemLong());
    assertEquals(-ODD, tensor(0L).subInPlace(ODD).itemLong());
    assertEquals(ODD, tensor(1L).mulInPlace(ODD).itemLong());
    assertEquals(0.25, tensor(1.0).divInPlace(4).item());
    assertEquals(1.5, tensor(2.0).subInPlace(0.5).item());
  }

  @Test
  void whatIsOfAWiderTypeIsAddedInItAndConverted() {
    Tensor x = tensor(1.0);
    x.addInPlace(full(DType.FLOAT64, 0x1p-24 + 0x1p-50, 1));
    assertEquals(1 + 0x1p-23, x.item(), "rounded once, from float64");
    assertEquals(1, x.version());
    assertTrue(x.dtype() == DType.FLOAT32);
  }

  @Test
  void linearOfIntegersAddsItsBias() {
    Tensor x = arange(6).reshape(2, 3);
    assertArrayEquals(
        new long[] {105, 214, 114, 250}, linear(x, x, tensor(100L, 200)).toLongArray());
    assertArrayEquals(new long[] {5, 14, 14, 50}, linear(x, x, null).toLongArray());
    Tensor truth = x.to(DType.BOOL);
    assertArrayEquals(new long[] {3, 3, 3, 4}, linear(truth, truth, tensor(1L, 1)).toLongArray());
  }

  @Test
  void linearComputesInTheWidestTypeOfItsOperands() {
    Tensor bias = full(DType.FLOAT64, 0.1, 2).requiresGrad(true);
    Tensor out = linear(ones(1, 3), ones(2, 3), bias);
    assertEquals("float64 (1, 2)", out.describe());
    assertEquals(3.1, out.get(0, 0).item());
    out.sum().backward();
    assertArrayEquals(new double[] {1, 1}, bias.grad().toDoubleArray());
  }

  @Test
  void rangesReachTheEndsOfTheirType() {
    long last = Long.MAX_VALUE;
    assertArrayEquals(new long[] {last - 2, last - 1}, arange(last - 2, last, 1).toLongArray());
    assertArrayEquals(
        new long[] {Long.MIN_VALUE, -1, last - 1},
        arange(Long.MIN_VALUE, last, last).toLongArray());
    assertArrayEquals(
        new long[] {last, -1}, arange(last, Long.MIN_VALUE, Long.MIN_VALUE).toLongArray());
    assertEquals(0, arange(5, Long.MIN_VALUE, 1).numel());
    assertEquals(0, arange(3, 3, -1).numel());
    assertArrayEquals(
        new double[] {-0x1p100, 0, 0x1p100}, arange(-0x1p100, 0x1p101, 0x1p100).toDoubleArray());
    assertEquals(2, arange(-1e308, 1e308, 1e308).numel());
  }

  @Test
  void numbersStandOnTheLeftToo() {
    assertArrayEquals(new double[] {0.5, -1.5}, tensor(1.0, 3).rsub(1.5).toDoubleArray());
    assertArrayEquals(new long[] {ODD - 1}, tensor(1L).rsub(ODD).toLongArray());
    assertEquals("float32 (1,)", tensor(1L).rsub(0.5).describe());
    assertArrayEquals(new double[] {2, 0.5}, tensor(1L, 4).rdiv(2).toDoubleArray());
    Tensor x = tensor(4.0).requiresGrad(true);
    x.rdiv(2).backward();
    assertEquals(-0.125, x.grad().item());
  }

  @Test
  void numbersAreChosenInTheTypeOfTheTensor() {
    Tensor mask = tensor(true, false);
    assertArrayEquals(new long[] {1, ODD}, where(mask, tensor(1L, 2), ODD).toLongArray());
    assertArrayEquals(new long[] {ODD, 2}, where(mask, ODD, tensor(1L, 2)).toLongArray());
    assertArrayEquals(new double[] {1, 0.5}, where(mask, tensor(1L, 2), 0.5).toDoubleArray());
    assertArrayEquals(new double[] {0.5, 2}, where(mask, 0.5, tensor(1L, 2)).toDoubleArray());
    assertEquals("float64 (2,)", where(mask, ones(DType.FLOAT64, 2), 0.5).describe());
    Tensor x = tensor(1.0, 2).requiresGrad(true);
    where(mask, 0.0, x).sum().backward();
    assertArrayEquals(new double[] {0, 1}, x.grad().toDoubleArray());
  }
}
