package org.notegrad.kernel.magic;

/** A magic can't do what it was asked; the message is for the person who wrote the cell. */
final class MagicException extends RuntimeException {
  MagicException(String message) {
    super(message);
  }

  MagicException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What to say of an exception whose message is all that a person needs, if it has one. */
  static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }
}
