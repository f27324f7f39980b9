package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.Random;
import org.notegrad.DType;

/** Makes elements: in one style for a program, so that few programs are all NaN. */
final class InputMaker {
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1.5,
    -2.5,
    1e-6,
    -1e-6,
    20,
    -20,
    80,
    -80,
    1e4,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };
  private static final double[] NUMBERS = {0, 1, 2, 3, -1, -2, 0.5, -0.5, 0.25, 1.5, 0.1, -3.7, 10};
  private static final long[] LARGE = {
    (1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 31) + 7, 1L << 24
  };

  private final Random random;
  private final Style style;

  /** Quarters are exact and meet each other; extremes overflow when squared. */
  private enum Style {
    QUARTERS,
    NORMAL,
    POSITIVE,
    SPECIAL,
    EXTREME
  }

  InputMaker(Random random) {
    this.random = random;
    int at = random.nextInt(100);
    style =
        at < 42
            ? Style.QUARTERS
            : at < 72
                ? Style.NORMAL
                : at < 82 ? Style.POSITIVE : at < 96 ? Style.SPECIAL : Style.EXTREME;
  }

  /** A plain number beside a tensor. */
  double number() {
    if (style == Style.SPECIAL && random.nextInt(4) == 0) {
      return SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  long integer() {
    return random.nextInt(12) == 0 ? LARGE[random.nextInt(LARGE.length)] : random.nextInt(11) - 5;
  }

  double[] reals(int n, DType type) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> rounded(real(type), type));
    return values;
  }

  private double real(DType type) {
    return switch (style) {
      case QUARTERS -> (random.nextInt(25) - 12) / 4.0;
      case NORMAL -> random.nextGaussian();
      case POSITIVE -> 0.1 + 3 * random.nextDouble();
      case SPECIAL ->
          random.nextInt(3) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (random.nextInt(17) - 8) / 2.0;
      case EXTREME -> random.nextGaussian() * extreme(type);
    };
  }

  private double extreme(DType type) {
    int exponent = type == DType.FLOAT64 ? 160 : 21;
    return switch (random.nextInt(4)) {
      case 0 -> Math.pow(10, exponent);
      case 1 -> Math.pow(10, -exponent);
      default -> 1;
    };
  }

  private static double rounded(double value, DType type) {
    return type == DType.FLOAT64 ? value : (float) value;
  }

  long[] wholes(int n, DType type) {
    long[] values = new long[n];
    boolean large = random.nextInt(12) == 0;
    Arrays.setAll(
        values,
        i ->
            type == DType.BOOL
                ? random.nextInt(2)
                : large ? LARGE[random.nextInt(LARGE.length)] : random.nextInt(11) - 5);
    return values;
  }
}
