package org.notegrad.backend;

import java.util.Locale;

/** Reductions to the index of an element: of the first of several equal ones, or the first NaN. */
public enum ArgOp {
  /** The largest element. */
  ARGMAX,
  /** The smallest element. */
  ARGMIN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name that errors and graphs show. */
  public String label() {
    return label;
  }
}
