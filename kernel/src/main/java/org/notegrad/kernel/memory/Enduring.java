package org.notegrad.kernel.memory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
    run(Runnable::run, work);
  }

  /** Does something to a subject, as {@link #run(Runnable)}; itself it takes no memory. */
  public static <T> void run(Consumer<T> work, T subject) {
    while (true) {
      try {
        work.accept(subject);
        return;
      } catch (OutOfMemoryError e) {
        awaitMemory();
      }
    }
  }

  /** Asks for the reserve and waits a moment, in which others may let go of memory. */
  public static void awaitMemory() {
    HeapReserve.release();
    pause(PAUSE_NANOS);
  }

  static void pause(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
