package org.notegrad.backend;

import java.util.Locale;

/**
 * Elementwise comparisons; the result is bool. A NaN is unequal to everything and neither less nor
 * greater.
 */
public enum CompareOp {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name that errors show. */
  public String label() {
    return label;
  }
}
