package org.notegrad.bench.kernel;

import java.util.Arrays;
import java.util.Locale;

/** The middle of samples, and their spread. */
record Quartiles(double low, double median, double high) {
  static Quartiles of(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /** Linear between neighbours, as NumPy's default. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (above - sorted[below]);
  }

  /** Such as {@code 5.1 ms (5.0-5.3)}. */
  String text(String unit) {
    String number = median < 100 ? "%.1f" : "%.0f";
    return String.format(
        Locale.ROOT, number + " %s (" + number + "-" + number + ")", median, unit, low, high);
  }
}
