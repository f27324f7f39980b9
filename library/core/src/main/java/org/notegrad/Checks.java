package org.notegrad;

/** What operations ask of their arguments. */
final class Checks {
  private Checks() {}

  /** Refuses null, naming the operation and the argument. */
  static void given(String operation, String argument, Object value) {
    if (value == null) {
      throw new NotegradException(operation, "the %s is null", argument);
    }
  }
}
