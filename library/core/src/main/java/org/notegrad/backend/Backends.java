package org.notegrad.backend;

import java.util.ServiceLoader;
import org.notegrad.cpu.CpuBackend;

/** The backends of this Java process. */
public final class Backends {
  private static final Backend CPU = CpuBackend.create();

  private Backends() {}

  /** The Java heap's backend: always there. */
  public static Backend cpu() {
    return CPU;
  }

  /** One line a backend: what it is and why it is used. */
  public static String explain() {
    var text = new StringBuilder(CPU.describe());
    for (Backend backend : ServiceLoader.load(Backend.class)) {
      text.append('\n').append(backend.describe());
    }
    return text.toString();
  }
}
