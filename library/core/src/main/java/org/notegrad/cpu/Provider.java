package org.notegrad.cpu;

import java.lang.System.Logger.Level;

/** Chooses the kernels once, when the library starts. */
final class Provider {
  /** Set to {@code plain} or {@code vector} to choose the kernels by hand. */
  static final String PROPERTY = "notegrad.cpu";

  private static final String MODULE = "jdk.incubator.vector";

  private Provider() {}

  /** The vector kernels if Java was started with their module, or else the plain loops. */
  static CpuKernels best() {
    boolean there = ModuleLayer.boot().findModule(MODULE).isPresent();
    String chosen = System.getProperty(PROPERTY, there ? "vector" : "missing");
    return switch (chosen) {
      case "plain" -> new PlainKernels();
      case "vector" -> {
        if (!there) {
          throw new IllegalStateException(
              PROPERTY + "=vector, but Java was started without --add-modules " + MODULE);
        }
        yield new VectorKernels();
      }
      case "missing" -> {
        System.getLogger("org.notegrad")
            .log(
                Level.WARNING,
                "Notegrad computes with plain loops, many times slower: start Java with"
                    + " --add-modules "
                    + MODULE);
        yield new PlainKernels();
      }
      default ->
          throw new IllegalStateException(
              PROPERTY + " is '" + chosen + "'; plain or vector expected");
    };
  }
}
