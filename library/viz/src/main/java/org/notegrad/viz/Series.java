package org.notegrad.viz;

import java.util.Arrays;

/**
 * A growing list of (step, value) pairs. What {@link #soFar} returns never changes, since points
 * are only added behind it; so a frame can be drawn while training goes on.
 */
final class Series {
  private double[] steps = new double[64];
  private double[] values = new double[64];
  private int size;

  void add(double step, double value) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    steps[size] = step;
    values[size] = value;
    size++;
  }

  Points soFar() {
    return new Points(steps, values, size);
  }

  /** The first {@code size} entries of two arrays. */
  record Points(double[] steps, double[] values, int size) {
    double last() {
      return values[size - 1];
    }

    /** The place of the least or greatest finite value, the first of equals; -1 when none is. */
    int best(Goal goal) {
      int best = -1;
      for (int i = 0; i < size; i++) {
        boolean better =
            best < 0
                || switch (goal) {
                  case LOW -> values[i] < values[best];
                  case HIGH -> values[i] > values[best];
                  case NONE -> false;
                };
        if (better && Double.isFinite(values[i])) {
          best = i;
        }
      }
      return goal == Goal.NONE ? -1 : best;
    }

    /**
     * The exponential moving average over about {@code span} points, its start corrected for the
     * missing past (as in Adam, Kingma and Ba 2015); values that are not finite stay so and leave
     * no trace in the average.
     */
    Points smoothed(double span) {
      double decay = 1 - 2 / (span + 1);
      var smooth = new double[size];
      double average = 0;
      double weight = 0;
      for (int i = 0; i < size; i++) {
        if (Double.isFinite(values[i])) {
          average = decay * average + (1 - decay) * values[i];
          weight = decay * weight + (1 - decay);
        }
        smooth[i] = Double.isFinite(values[i]) ? average / weight : Double.NaN;
      }
      return new Points(steps, smooth, size);
    }

    /** At most about {@code 2 * buckets} points: the least and the greatest of each bucket. */
    Points extremes(int buckets) {
      if (size <= 2 * buckets) {
        return this;
      }
      var thin = new Series();
      for (int b = 0; b < buckets; b++) {
        int from = (int) ((long) size * b / buckets);
        int to = (int) ((long) size * (b + 1) / buckets);
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
          low = !(values[i] >= values[low]) && Double.isFinite(values[i]) ? i : low;
          high = !(values[i] <= values[high]) && Double.isFinite(values[i]) ? i : high;
        }
        thin.add(steps[Math.min(low, high)], values[Math.min(low, high)]);
        if (low != high) {
          thin.add(steps[Math.max(low, high)], values[Math.max(low, high)]);
        }
      }
      return thin.soFar();
    }

    /** At most about {@code most} points, evenly spread, the last one among them. */
    Points thinned(int most) {
      if (size <= most) {
        return this;
      }
      var thin = new Series();
      for (int i = 0; i < most; i++) {
        int at = (int) ((long) (size - 1) * i / (most - 1));
        thin.add(steps[at], values[at]);
      }
      return thin.soFar();
    }

    LineChart.Line line(String label, String colour, LineChart.Style style) {
      return new LineChart.Line(
          label, colour, style, Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
    }
  }

  /** Which values of a metric are good. */
  enum Goal {
    LOW,
    HIGH,
    NONE
  }
}
