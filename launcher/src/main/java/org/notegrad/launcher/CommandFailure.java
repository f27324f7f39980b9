package org.notegrad.launcher;

/** Ends a command with a message for the person who typed it, and no stack trace. */
final class CommandFailure extends RuntimeException {
  CommandFailure(String message, Object... arguments) {
    super(message.formatted(arguments));
  }
}
