package org.notegrad.kernel.channel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The kernel's own troubles, for the person who started Jupyter: the process's real stderr. */
public final class Log {
  private static final PrintStream STDERR =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Log() {}

  public static void warn(String message) {
    STDERR.println("[notegrad] " + message);
  }

  public static void error(String message, Throwable cause) {
    STDERR.println("[notegrad] " + message);
    cause.printStackTrace(STDERR);
  }
}
