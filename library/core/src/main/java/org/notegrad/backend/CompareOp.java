package org.notegrad.backend;

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
  GE
}
