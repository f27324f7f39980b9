package org.notegrad;

/**
 * A mistake in the use of the library. The message names the operation, what was given, and the
 * rule.
 */
public class NotegradException extends RuntimeException {
  /** {@code operation: rule}, the rule formatted with {@code args}. */
  public NotegradException(String operation, String rule, Object... args) {
    super(operation + ": " + (args.length == 0 ? rule : rule.formatted(args)));
  }

  NotegradException(String message) {
    super(message);
  }
}
