package org.notegrad;

import org.notegrad.backend.Backends;
import org.notegrad.backend.Parallel;

/** Settings of the whole library. */
public final class Notegrad {
  private Notegrad() {}

  /**
   * Starts the current stream of random numbers anew: what follows is the same in every run. That
   * is the global stream, unless {@link Generator#during} says otherwise.
   */
  public static void manualSeed(long seed) {
    Generator.current().manualSeed(seed);
  }

  /**
   * How many threads one operation may use; at first the environment's NOTEGRAD_THREADS, or the
   * number of cores.
   */
  public static int threads() {
    return Parallel.threads();
  }

  /** Sets {@link #threads()}; at least 1. */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new NotegradException("setThreads", "%d threads; at least 1 expected", threads);
    }
    Parallel.setThreads(threads);
  }

  /** What computes here, and why: one line a backend. */
  public static String explain() {
    return Backends.explain();
  }
}
