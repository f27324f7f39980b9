package org.notegrad.kernel.memory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Work that a full heap delays but does not end. */
public final class Enduring {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Enduring() {}

  /** A loop that is entered anew when memory ran out in it; what it knows is in fields. */
  public static Runnable loop(Runnable loop) {
    return () -> run(loop);
  }

  /** Does something, again and again until there is memory for it. */
  public static void run(Runnable work) {
    while (true) {
      try {
        work.run();
        return;
      } catch (OutOfMemoryError e) {
        HeapReserve.release();
        pause();
      }
    }
  }

  /** Waits a moment, in which others may let go of memory. */
  public static void pause() {
    pause(PAUSE_NANOS);
  }

  static void pause(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
