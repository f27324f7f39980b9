package org.notegrad.kernel.magic;

import java.util.List;

/**
 * How long one run of some code takes.
 *
 * @param nanosPerRun of every sample, in the order of taking
 * @param runsPerSample how many runs a sample is the mean of
 * @param warmUp nanoseconds for each run of the samples before, which do not count
 * @param warmUpNanos how long it took until the time was steady
 * @param steady whether it became steady before time was up
 * @param bytesPerRun what the measuring thread allocated for each run; -1 if unknown
 */
record Timing(
    List<Double> nanosPerRun,
    long runsPerSample,
    List<Double> warmUp,
    long warmUpNanos,
    Steady steady,
    double bytesPerRun) {
  /** Whether samples agreed when measuring began. */
  enum Steady {
    YES,
    NO
  }

  private static final double DRIFT = 0.15;

  /** Whether the later samples differ from the earlier ones, as when the compiler has come late. */
  boolean drifts() {
    int half = nanosPerRun.size() / 2;
    if (half < 2) {
      return false;
    }
    double earlier = quantile(nanosPerRun.subList(0, half), 0.5);
    double later = quantile(nanosPerRun.subList(half, nanosPerRun.size()), 0.5);
    return Math.abs(later - earlier) > DRIFT * earlier;
  }

  double median() {
    return quantile(0.5);
  }

  /** By linear interpolation between the sorted samples. */
  double quantile(double q) {
    return quantile(nanosPerRun, q);
  }

  static double quantile(List<Double> samples, double q) {
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The median of the last samples of a list. */
  static double medianOfLast(List<Double> samples, int count) {
    return quantile(samples.subList(Math.max(0, samples.size() - count), samples.size()), 0.5);
  }

  double least() {
    return nanosPerRun.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }
}
