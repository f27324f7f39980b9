package org.notegrad.kernel.channel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The kernel's own troubles, for the person who started Jupyter: the process's real stderr. */
public final class Log {
  private static final FileOutputStream RAW = new FileOutputStream(FileDescriptor.err);
  private static final PrintStream STDERR = new PrintStream(RAW, true, StandardCharsets.UTF_8);

  static {
    last(new byte[0]); // to load what it takes
  }

  private Log() {}

  public static void warn(String message) {
    STDERR.println("[notegrad] " + message);
  }

  /** Writes a message as it is, without needing memory. */
  public static void last(byte[] message) {
    try {
      RAW.write(message);
    } catch (IOException e) {
      return; // nobody reads it any more
    }
  }

  public static void error(String message, Throwable cause) {
    STDERR.println("[notegrad] " + message);
    cause.printStackTrace(STDERR);
  }
}
