package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an operation takes beside tensors. */
record Args(int[] ints, long[] longs, double[] reals) {
  private static final int[] NO_INTS = {};
  private static final long[] NO_LONGS = {};
  private static final double[] NO_REALS = {};

  static Args none() {
    return new Args(NO_INTS, NO_LONGS, NO_REALS);
  }

  static Args ints(int... ints) {
    return new Args(ints, NO_LONGS, NO_REALS);
  }

  static Args longs(long... longs) {
    return new Args(NO_INTS, longs, NO_REALS);
  }

  static Args reals(double... reals) {
    return new Args(NO_INTS, NO_LONGS, reals);
  }

  /** {@code "1, 2, 3"}. */
  static String list(int... values) {
    return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  /** The ints from {@code from} on. */
  int[] rest(int from) {
    return Arrays.copyOfRange(ints, from, ints.length);
  }

  /** A number as Python writes it: {@code 2.0}, {@code float('inf')}. */
  static String python(double value) {
    if (Double.isNaN(value)) {
      return "float('nan')";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "float('inf')" : "float('-inf')";
    }
    return Double.toString(value);
  }

  /** As {@link #python(double)}, but {@code 2} where the value is whole. */
  static String pythonWhole(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : python(value);
  }

  /** A number as Java writes it: {@code 2.0}, {@code Double.NaN}. */
  static String java(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value);
  }
}
