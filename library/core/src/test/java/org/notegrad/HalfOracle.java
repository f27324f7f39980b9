package org.notegrad;

import java.math.BigDecimal;

/**
 * Rounding to 16-bit reals as IEEE 754 defines it, by looking for the two neighbours and comparing
 * exact distances: slow, and with nothing in common with what it judges.
 */
public record HalfOracle(int exponentBits, int fractionBits) {
  /** The oracle of a 16-bit type. */
  public static HalfOracle of(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> new HalfOracle(5, 10);
      case BFLOAT16 -> new HalfOracle(8, 7);
      case BOOL, INT32, INT64, FLOAT32, FLOAT64 -> throw new IllegalArgumentException("" + dtype);
    };
  }

  private int infinity() {
    return (1 << exponentBits) - 1 << fractionBits;
  }

  /** What the bits mean, by the definition of the format. */
  public double value(int bits) {
    int magnitude = bits & 0x7fff;
    double sign = (bits & 0x8000) == 0 ? 1 : -1;
    if (magnitude > infinity()) {
      return Double.NaN;
    }
    return magnitude == infinity() ? sign * Double.POSITIVE_INFINITY : sign * finite(magnitude);
  }

  /** Also of the bits of infinity: where the next number would be. */
  private double finite(int magnitude) {
    int exponent = magnitude >> fractionBits;
    int fraction = magnitude & (1 << fractionBits) - 1;
    int bias = (1 << exponentBits - 1) - 1;
    int significand = exponent == 0 ? fraction : fraction | 1 << fractionBits;
    return Math.scalb((double) significand, Math.max(exponent, 1) - bias - fractionBits);
  }

  /** The nearest number, of two equally near ones that with even bits. */
  public double round(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
      return x;
    }
    return Math.copySign(round(new BigDecimal(x).abs()), x);
  }

  /** As {@link #round(double)}: no double can hold every long. */
  public double round(long x) {
    return x == 0 ? 0 : Math.copySign(round(new BigDecimal(x).abs()), (double) x);
  }

  private double round(BigDecimal x) {
    int low = 0;
    int high = infinity();
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (new BigDecimal(finite(middle)).compareTo(x) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    BigDecimal half = new BigDecimal(finite(low)).add(new BigDecimal(finite(high)));
    int side = x.add(x).compareTo(half);
    boolean up = side > 0 || side == 0 && (low & 1) == 1;
    return value(up ? high : low);
  }
}
