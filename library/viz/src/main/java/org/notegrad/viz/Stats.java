package org.notegrad.viz;

/**
 * What can be said about many numbers at once. Mean, deviation, extremes and bins are of the finite
 * values.
 *
 * @param count all values
 * @param min the least finite value, NaN when there is none; so too mean and max
 * @param std the unbiased standard deviation, NaN for fewer than two finite values
 * @param bins how many finite values lie in each of equally wide bins from {@code binsLow} to
 *     {@code binsHigh}; an upper edge belongs to the next bin, the last one to the last bin
 */
record Stats(
    long count,
    long nans,
    long positiveInfinities,
    long negativeInfinities,
    long zeros,
    double min,
    double mean,
    double std,
    double max,
    int[] bins,
    double binsLow,
    double binsHigh) {
  static final int BINS = 32;

  long finite() {
    return count - nans - positiveInfinities - negativeInfinities;
  }

  /** The greatest magnitude of a finite value. */
  double magnitude() {
    return finite() == 0 ? 0 : Math.max(Math.abs(min), Math.abs(max));
  }

  /**
   * Of floating-point values, in 32 bins; {@code wholeNumbers} that span at most 32 get a bin each.
   */
  static Stats of(double[] values, boolean wholeNumbers) {
    long nans = 0;
    long up = 0;
    long down = 0;
    long zeros = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      if (v - v == 0) {
        min = Math.min(min, v);
        max = Math.max(max, v);
        if (v == 0) {
          zeros++;
        }
      } else if (v != v) {
        nans++;
      } else if (v > 0) {
        up++;
      } else {
        down++;
      }
    }
    long finite = values.length - nans - up - down;
    if (finite == 0) {
      double none = Double.NaN;
      return new Stats(values.length, nans, up, down, 0, none, none, none, none, new int[0], 0, 0);
    }
    double mean = mean(values, finite);
    boolean eachItsOwn = wholeNumbers && max - min < BINS;
    double low = eachItsOwn ? min - 0.5 : min;
    double high = eachItsOwn ? max + 0.5 : max;
    int count = eachItsOwn ? (int) (max - min) + 1 : BINS;
    return new Stats(
        values.length,
        nans,
        up,
        down,
        zeros,
        min,
        mean,
        deviation(values, mean, finite),
        max,
        bins(values, low, high, count),
        low,
        high);
  }

  /** Scaled by the count first, so that a sum of huge values does not overflow. */
  private static double mean(double[] values, long finite) {
    double mean = 0;
    for (double v : values) {
      if (v - v == 0) {
        mean += v / finite;
      }
    }
    return mean;
  }

  private static double deviation(double[] values, double mean, long finite) {
    double squares = 0;
    for (double v : values) {
      if (v - v == 0) {
        squares += (v - mean) * (v - mean);
      }
    }
    return finite < 2 ? Double.NaN : Math.sqrt(squares / (finite - 1));
  }

  private static int[] bins(double[] values, double low, double high, int count) {
    var bins = new int[count];
    double width = high / count - low / count;
    for (double v : values) {
      if (v - v == 0) {
        int bin = width > 0 ? (int) Math.min(count - 1, (v / width - low / width)) : count / 2;
        bins[Math.max(0, bin)]++;
      }
    }
    return bins;
  }
}
