package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Tensor.fromArray;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.backend.Halves;

/** 16-bit reals: every one of them, both ways, and what is rounded to them. */
class HalvesTest {
  private static short bits(DType dtype, float value) {
    return dtype == DType.FLOAT16 ? Halves.toFloat16(value) : Halves.toBFloat16(value);
  }

  private static short bits(DType dtype, double value) {
    return dtype == DType.FLOAT16 ? Halves.toFloat16(value) : Halves.toBFloat16(value);
  }

  private static short bits(DType dtype, long value) {
    return dtype == DType.FLOAT16 ? Halves.toFloat16(value) : Halves.toBFloat16(value);
  }

  private static float value(DType dtype, short bits) {
    return dtype == DType.FLOAT16 ? Halves.fromFloat16(bits) : Halves.fromBFloat16(bits);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void everyBitPatternGoesToItsValueAndBack(DType dtype) {
    HalfOracle oracle = HalfOracle.of(dtype);
    for (int i = 0; i < 1 << 16; i++) {
      short bits = (short) i;
      float value = value(dtype, bits);
      assertEquals(oracle.value(i), value, Integer.toHexString(i));
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(value(dtype, bits(dtype, value))));
      } else {
        assertEquals(bits, bits(dtype, value));
        assertEquals(bits, bits(dtype, (double) value));
      }
    }
  }

  /** Between any two neighbours: the middle, and the floats and doubles right beside it. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void numbersGoToTheNearestAndInTheMiddleToTheEven(DType dtype) {
    HalfOracle oracle = HalfOracle.of(dtype);
    for (int i = 0; i < 1 << 15 && !Double.isInfinite(oracle.value(i)); i++) {
      double below = oracle.value(i);
      double above = oracle.value(i + 1);
      boolean last = Double.isInfinite(above);
      double middle = last ? below + (below - oracle.value(i - 1)) / 2 : (below + above) / 2;
      double even = (i & 1) == 0 ? below : above;
      for (int sign = -1; sign <= 1; sign += 2) {
        float single = (float) (sign * middle);
        assertEquals(sign * even, value(dtype, bits(dtype, sign * middle)), 0, "" + middle);
        double out = sign * Math.nextUp(middle);
        double in = sign * Math.nextDown(middle);
        assertEquals(sign * above, value(dtype, bits(dtype, out)), "above " + middle);
        assertEquals(sign * below, value(dtype, bits(dtype, in)), "below " + middle);
        if (single == sign * middle) {
          assertEquals(sign * even, value(dtype, bits(dtype, single)));
          float beyond = sign * Math.nextUp((float) middle);
          assertEquals(sign * above, value(dtype, bits(dtype, beyond)));
          float within = sign * Math.nextDown((float) middle);
          assertEquals(sign * below, value(dtype, bits(dtype, within)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void numbersOfEveryTypeAreRoundedOnce(DType dtype) {
    HalfOracle oracle = HalfOracle.of(dtype);
    var random = new SplittableRandom(16);
    for (int i = 0; i < 200_000; i++) {
      double real = Double.longBitsToDouble(random.nextLong());
      assertRounded(oracle.round(real), value(dtype, bits(dtype, real)), real);
      float single = Float.intBitsToFloat(random.nextInt());
      assertRounded(oracle.round(single), value(dtype, bits(dtype, single)), single);
      long whole = random.nextLong() >> random.nextInt(64);
      assertRounded(oracle.round(whole), value(dtype, bits(dtype, whole)), whole);
    }
    long tie = (1L << 62) + (1L << 54); // of bfloat16: one more is above the middle
    for (long whole :
        new long[] {tie - 1, tie, tie + 1, -tie - 1, Long.MIN_VALUE, 65_519, 65_520}) {
      assertRounded(oracle.round(whole), value(dtype, bits(dtype, whole)), whole);
    }
  }

  private static void assertRounded(double expected, float actual, Object number) {
    assertEquals(expected, actual, () -> "rounded from " + number);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void tensorsConvertAsTheirElements(DType dtype) {
    HalfOracle oracle = HalfOracle.of(dtype);
    double[] reals = {1.0 / 3, -65_519.999, 1e-7, 5.5e-8, 1e30, -0.0, Double.NaN, 2049, 1e-41};
    double[] expected = java.util.Arrays.stream(reals).map(oracle::round).toArray();
    Tensor x = fromArray(reals, reals.length).to(dtype);
    org.junit.jupiter.api.Assertions.assertArrayEquals(expected, x.toDoubleArray());
    assertEquals(dtype + " (9,)", x.describe());
    assertEquals(oracle.round(0.1), Tensor.scalar(dtype, 0.1).item());
    assertEquals(oracle.round(2049L), Tensor.full(dtype, 2049, 3).get(2).item());
  }
}
