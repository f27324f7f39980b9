package org.notegrad.viz;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps a range of values onto a range of pixels.
 *
 * @param low the value at pixel {@code from}; positive if {@code log}
 * @param high the value at pixel {@code to}, greater than {@code low}
 */
record Scale(double low, double high, double from, double to, boolean log) {
  /** A linear scale; a range without width is widened. */
  static Scale linear(double low, double high, double from, double to) {
    if (!(high > low)) {
      double half = low == 0 ? 1 : Math.abs(low) * 0.1;
      return new Scale(low - half, low + half, from, to, false);
    }
    return new Scale(low, high, from, to, false);
  }

  /** A logarithmic scale; both ends are positive. */
  static Scale logarithmic(double low, double high, double from, double to) {
    return high > low
        ? new Scale(low, high, from, to, true)
        : new Scale(low / 2, low * 2, from, to, true);
  }

  double at(double value) {
    double share =
        log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /** Round values within the range, about {@code wanted} of them, in growing order. */
  List<Double> ticks(int wanted) {
    return log ? logTicks(wanted) : linearTicks(wanted);
  }

  private List<Double> linearTicks(int wanted) {
    double step = step((high - low) / wanted);
    if (Math.floor(high / step) - Math.ceil(low / step) < wanted / 2) {
      step = step(step * 0.39);
    }
    var ticks = new ArrayList<Double>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The next of 1, 2, 5 times a power of ten. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double lead = least / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }

  /** Powers of ten; of a range with at most two of them also twice and five times those. */
  private List<Double> logTicks(int wanted) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    boolean narrow = last - first < 2;
    int every = Math.max(1, Math.ceilDiv(last - first + 1, wanted));
    var ticks = new ArrayList<Double>();
    for (int e = narrow ? first - 1 : first; e <= last; e += every) {
      for (double lead : narrow ? new double[] {1, 2, 5} : new double[] {1}) {
        double tick = lead * Math.pow(10, e);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
