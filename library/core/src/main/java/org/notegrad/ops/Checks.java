package org.notegrad.ops;

import org.notegrad.NotegradException;

/** What operations ask of their arguments. */
public final class Checks {
  private Checks() {}

  /** Refuses null, naming the operation and the argument. */
  public static void given(String operation, String argument, Object value) {
    if (value == null) {
      throw new NotegradException(operation, "the %s is null", argument);
    }
  }
}
