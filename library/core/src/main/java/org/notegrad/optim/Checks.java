package org.notegrad.optim;

import org.notegrad.NotegradException;

/** What settings must satisfy. */
final class Checks {
  private Checks() {}

  static void notNegative(String optimizer, String name, double value) {
    that(optimizer, value >= 0 && Double.isFinite(value), "%s %s is not 0 or more", name, value);
  }

  static void fraction(String optimizer, String name, double value) {
    that(optimizer, value >= 0 && value < 1, "%s %s is not in [0, 1)", name, value);
  }

  static void that(String optimizer, boolean holds, String rule, Object... args) {
    if (!holds) {
      throw new NotegradException(optimizer, rule, args);
    }
  }
}
