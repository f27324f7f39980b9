package org.notegrad.backend;

import java.util.Locale;

/** Reductions. Each is the repeated application of one binary operation from a neutral element. */
public enum ReduceOp {
  SUM(BinaryOp.ADD, 0),
  PROD(BinaryOp.MUL, 1),
  /** NaN if there is one among the elements. */
  MAX(BinaryOp.MAXIMUM, Double.NEGATIVE_INFINITY),
  /** NaN if there is one among the elements. */
  MIN(BinaryOp.MINIMUM, Double.POSITIVE_INFINITY);

  private final BinaryOp step;
  private final double neutral;
  private final String label = name().toLowerCase(Locale.ROOT);

  ReduceOp(BinaryOp step, double neutral) {
    this.step = step;
    this.neutral = neutral;
  }

  /** The name that errors and graphs show. */
  public String label() {
    return label;
  }

  /** The operation that joins two partial results. */
  public BinaryOp step() {
    return step;
  }

  /** Joins two partial results. */
  public double join(double a, double b) {
    return switch (this) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  /** Joins two partial results of integers. */
  public long join(long a, long b) {
    return switch (this) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  /** What an empty reduction gives; as int64, the infinities are that type's extremes. */
  public double neutral() {
    return neutral;
  }
}
