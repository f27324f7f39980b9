package org.notegrad.backend;

/**
 * The bits of 16-bit real numbers. Numbers become 16-bit ones in one rounding, to the nearest and
 * of two equally near ones to the even, from whatever type they come: what is wider than float32
 * first goes to a float32 whose last bit says whether anything was cut off (rounding to odd), which
 * leaves the second rounding nothing to get wrong (Boldo and Melquiond, "Emulation of FMA and
 * correctly rounded sums", IEEE Transactions on Computers, 2008).
 */
public final class Halves {
  private static final int BFLOAT16_QUIET = 0x40;

  private Halves() {}

  /** IEEE 754's binary16. */
  public static short toFloat16(float value) {
    return Float.floatToFloat16(value);
  }

  /** IEEE 754's binary16. */
  public static short toFloat16(double value) {
    return Float.floatToFloat16(toOdd(value));
  }

  /** IEEE 754's binary16. */
  public static short toFloat16(long value) {
    return Float.floatToFloat16(toOdd(toOdd(value)));
  }

  /** The value of a binary16: exact. */
  public static float fromFloat16(short bits) {
    return Float.float16ToFloat(bits);
  }

  /** The upper half of a float32, rounded; NaN stays NaN. */
  public static short toBFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >> 16 | BFLOAT16_QUIET);
    }
    int even = bits >> 16 & 1;
    return (short) (bits + 0x7fff + even >> 16);
  }

  /** The upper half of a float32, rounded; NaN stays NaN. */
  public static short toBFloat16(double value) {
    return toBFloat16(toOdd(value));
  }

  /** The upper half of a float32, rounded. */
  public static short toBFloat16(long value) {
    return toBFloat16(toOdd(toOdd(value)));
  }

  /** The value of a bfloat16: exact. */
  public static float fromBFloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The float32 beside {@code value} whose last bit is odd, or value itself if it is a float32. */
  private static float toOdd(double value) {
    float rounded = (float) value;
    if (rounded == value || Double.isNaN(value)) {
      return rounded;
    }
    int bits = Float.floatToRawIntBits(rounded);
    boolean away = Math.abs((double) rounded) > Math.abs(value);
    return Float.intBitsToFloat((away ? bits - 1 : bits) | 1); // towards 0, then to the odd
  }

  /** As {@link #toOdd(double)}: the ten lowest bits are one that says whether any is set. */
  private static double toOdd(long value) {
    boolean exact = Math.abs(value) <= 1L << 53 && value != Long.MIN_VALUE;
    return exact ? value : (value >> 10 | ((value & 0x3ff) == 0 ? 0 : 1)) * 0x1p10;
  }
}
