package org.notegrad.cpu;

import java.lang.System.Logger.Level;

/** Chooses the kernels once, when the library starts. */
final class Provider {
  /** Set to {@code plain} or {@code vector} to choose the kernels by hand. */
  static final String PROPERTY = "notegrad.cpu";

  private static final String MODULE = "jdk.incubator.vector";

  private Provider() {}

  /** The vector kernels if the JVM has their module, or else the plain loops. */
  static CpuKernels best() {
    String chosen = System.getProperty(PROPERTY);
    return switch (chosen) {
      case null -> isThere() ? new VectorKernels() : plainWithoutVectors();
      case "plain" -> new PlainKernels();
      case "vector" -> {
        if (!isThere()) {
          throw new IllegalStateException(
              PROPERTY + "=vector, but Java was started without --add-modules " + MODULE);
        }
        yield new VectorKernels();
      }
      default ->
          throw new IllegalStateException(
              PROPERTY + " is '" + chosen + "'; plain or vector expected");
    };
  }

  private static CpuKernels plainWithoutVectors() {
    System.getLogger("org.notegrad")
        .log(
            Level.WARNING,
            "Notegrad computes with plain loops, many times slower: start Java with"
                + " --add-modules "
                + MODULE);
    return new PlainKernels();
  }

  /** Whether the module is there: from the start, or loaded since by the program around us. */
  private static boolean isThere() {
    try {
      Class.forName(MODULE + ".Vector", false, Provider.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
