package org.notegrad.launcher;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Ends a command with a message for the person who typed it, and no stack trace. */
public final class CommandFailure extends RuntimeException {
  public CommandFailure(String message, Object... arguments) {
    super(message.formatted(arguments));
  }

  /** Tells a person of a command's exception: picocli's handler; other exceptions are thrown on. */
  public static int tell(Exception exception, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(exception instanceof CommandFailure)) throw exception;
    command.getErr().println(exception.getMessage());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
