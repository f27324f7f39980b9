package org.notegrad.cpu;

/**
 * Sines and cosines of angles so large that their quarter turns must be counted with many digits of
 * pi, element by element: M. Payne and R. Hanek, Radian reduction for trigonometric functions (ACM
 * SIGNUM Newsletter, 1983). All are computed in float64.
 */
final class HugeAngles {
  /** Whatever is smaller is left to others. */
  private static final double LEAST = 0x1p16;

  private static final double HALF_PI = 1.5707963267948966;
  private static final double HALF_PI_LOW = 6.123233995736766e-17;

  /** 2 / pi = 0.a2f9836e... behind 64 zeros; enough for 2^1024. */
  private static final long[] TWO_OVER_PI = {
    0,
    0xa2f9836e4e441529L,
    0xfc2757d1f534ddc0L,
    0xdb6295993c439041L,
    0xfe5163abdebbc561L,
    0xb7246e3a424dd2e0L,
    0x06492eea09d1921cL,
    0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L,
    0xe99c7026b45f7e41L,
    0x3991d639835339f4L,
    0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL,
    0xef2f118b5a0a6d1fL,
    0x6d367ecf27cb09b7L,
    0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL,
    0x3d0739f78a5292eaL,
    0x6bfb5fb11f8d5d08L,
    0x56033046fc7b6babL
  };

  private HugeAngles() {}

  static float sin(float x) {
    return (float) sin((double) x);
  }

  static float cos(float x) {
    return (float) cos((double) x);
  }

  static double sin(double x) {
    double sine = wave(Math.abs(x), 0);
    return x < 0 ? -sine : sine;
  }

  static double cos(double x) {
    return wave(Math.abs(x), 1);
  }

  /** Replaces what is huge by its sine. */
  static float[] sin(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i]) > LEAST ? sin(x[i]) : x[i];
    }
    return x;
  }

  /** Replaces what is huge by its cosine. */
  static float[] cos(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i]) > LEAST ? cos(x[i]) : x[i];
    }
    return x;
  }

  /** Replaces what is huge by its sine. */
  static double[] sin(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i]) > LEAST ? sin(x[i]) : x[i];
    }
    return x;
  }

  /** Replaces what is huge by its cosine. */
  static double[] cos(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i]) > LEAST ? cos(x[i]) : x[i];
    }
    return x;
  }

  /**
   * {@code sin(x + quarters pi / 2)}, {@code x > 2^16}. Of x 2 / pi modulo 4 the first 192 bits are
   * exact to about the 140th: the highest two count the quarter turns, the rest is a fraction.
   */
  private static double wave(double x, long quarters) {
    if (!(x <= Double.MAX_VALUE)) {
      return Double.NaN;
    }
    long mantissa = Double.doubleToRawLongBits(x) & 0x000f_ffff_ffff_ffffL | 0x0010_0000_0000_0000L;
    int from = 64 + Math.getExponent(x) - 52 - 2; // the bits before count whole turns
    long high = bits(from);
    long middle = bits(from + 64);
    long low = bits(from + 128);

    long carry = Math.unsignedMultiplyHigh(mantissa, low);
    long second = mantissa * middle + carry;
    long first = mantissa * high + Math.unsignedMultiplyHigh(mantissa, middle);
    first += Long.compareUnsigned(second, carry) < 0 ? 1 : 0;

    // as a fraction of a quarter turn, between -1/2 and 1/2
    long turns = first >>> 62;
    long top = first << 2 | second >>> 62;
    long next = second << 2 | mantissa * low >>> 62;
    boolean isNegative = top < 0;
    if (isNegative) {
      turns++;
      next = -next;
      top = next == 0 ? -top : ~top;
    }
    int zeros = Long.numberOfLeadingZeros(top);
    top = zeros == 0 ? top : top << zeros | next >>> 64 - zeros;
    next <<= zeros;
    double unit = Math.scalb(isNegative ? -1.0 : 1.0, -53 - zeros);
    double a = unit * (top >>> 11);
    double b = unit * 0x1p-63 * ((top << 53 | next >>> 11) >>> 1);
    return angle(a, b, turns + quarters);
  }

  /** The 64 bits from a place on. */
  private static long bits(int at) {
    int word = at >> 6;
    int shift = at & 63;
    long high = TWO_OVER_PI[word] << shift;
    return shift == 0 ? high : high | TWO_OVER_PI[word + 1] >>> 64 - shift;
  }

  /** {@code a + b} are quarter turns. */
  private static double angle(double a, double b, long quarters) {
    double product = a * HALF_PI;
    double rest = Math.fma(a, HALF_PI, -product) + (a * HALF_PI_LOW + b * HALF_PI);
    double r = product + rest;
    return DoubleScalarMath.wave(r, rest - (r - product), quarters);
  }
}
