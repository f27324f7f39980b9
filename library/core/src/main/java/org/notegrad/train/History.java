package org.notegrad.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.notegrad.NotegradException;

/** What was logged in a training: named series of values over steps. */
public final class History {
  private static final class Series {
    private double[] steps = new double[16];
    private double[] values = new double[16];
    private int size;

    void add(double step, double value) {
      if (size == steps.length) {
        steps = Arrays.copyOf(steps, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      steps[size] = step;
      values[size++] = value;
    }
  }

  private final Map<String, Series> series = new LinkedHashMap<>();

  /** Adds a value behind those of the same name. Returns this. */
  public History add(String name, double step, double value) {
    series.computeIfAbsent(name, n -> new Series()).add(step, value);
    return this;
  }

  /** The names of the series, in the order of their first values. */
  public List<String> names() {
    return List.copyOf(series.keySet());
  }

  /** The steps at which a series has values, in the order of logging. */
  public double[] steps(String name) {
    Series s = existing(name);
    return Arrays.copyOf(s.steps, s.size);
  }

  /** The values of a series, in the order of logging. */
  public double[] values(String name) {
    Series s = existing(name);
    return Arrays.copyOf(s.values, s.size);
  }

  /** The value of a series that was logged last. */
  public double last(String name) {
    Series s = existing(name);
    return s.values[s.size - 1];
  }

  private Series existing(String name) {
    Series found = series.get(name);
    if (found == null) {
      throw new NotegradException("history", "no series '%s' among %s", name, series.keySet());
    }
    return found;
  }

  /** The series with their lengths and last values. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    series.forEach((name, s) ->
        parts.add(
            String.format(
                Locale.ROOT, "%s: %d values, last %.4g", name, s.size, s.values[s.size - 1])));
    return String.join("; ", parts);
  }
}
