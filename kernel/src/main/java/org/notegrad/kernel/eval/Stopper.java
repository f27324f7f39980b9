package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.eval.weave.CellStopped;
import org.notegrad.kernel.eval.weave.Checkpoint;

/**
 * Stops the threads of cancelled cells: interrupts them, and arms the checks in user code until
 * they have ended. A thread that stays in code without checks (a regular expression, native code)
 * is looked at now and then, and stopped when it comes back to code that has them.
 */
final class Stopper {

  // After a stop was thrown, finally blocks of the same thread get this long to clean up.
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TURN_MILLIS = 20;
  private static final long WATCH_MILLIS = 250;
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final Stopper INSTANCE = new Stopper();
  private static final ThreadLocal<Long> LAST_STOP = new ThreadLocal<>();

  private final List<CellRun> cancelled = new ArrayList<>();
  private boolean watching;

  private Stopper() {}

  static void stop(CellRun run) {
    INSTANCE.add(run);
  }

  /** Loads and links what the first stop needs, so that it is as quick as the others. */
  static void warmUp() {
    INSTANCE.armOnce();
  }

  private synchronized void armOnce() {
    if (cancelled.isEmpty()) {
      Checkpoint.arm(Stopper::pass);
      Checkpoint.disarm();
    }
  }

  private synchronized void add(CellRun run) {
    run.cancel();
    Checkpoint.arm(Stopper::pass);
    run.threads().forEach(Thread::interrupt);
    cancelled.add(run);
    if (!watching) {
      watching = true;
      Thread.ofPlatform().name("cell stopper").daemon().start(this::watch);
    }
  }

  /** What an armed check does. */
  private static void pass() {
    var run = CellRun.current();
    // The check is armed while a cell is being stopped: what the pool still does is that cell's.
    if (!CellRun.isPooledLeftover() && (run == null || !run.isCancelled())) {
      return;
    }
    long now = System.nanoTime();
    var last = LAST_STOP.get();
    if (last == null || now - last > GRACE_NANOS) {
      LAST_STOP.set(now);
      throw new CellStopped();
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(turn() ? TURN_MILLIS : WATCH_MILLIS);
        synchronized (this) {
          if (cancelled.isEmpty()) {
            watching = false;
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the cell stopper", e);
    }
  }

  /** One look at all cancelled runs; true while one of them was cancelled a moment ago. */
  private synchronized boolean turn() {
    boolean young = false;
    boolean arm = false;
    for (Iterator<CellRun> runs = cancelled.iterator(); runs.hasNext(); ) {
      var run = runs.next();
      var threads = run.threads();
      long age = System.nanoTime() - run.cancelledAt();
      boolean over = run.isFinished() && (isIdle(threads, age) || isForgotten(run, age));
      if (over) {
        runs.remove();
      } else if (age < CellThread.PATIENCE_NANOS) {
        young = true;
        arm = true;
        threads.forEach(Thread::interrupt);
      } else {
        arm |= threads.stream().anyMatch(Stopper::isInUserCode);
      }
    }
    if (arm) {
      Checkpoint.arm(Stopper::pass);
    } else {
      Checkpoint.disarm();
    }
    return young;
  }

  private static boolean isIdle(List<Thread> threads, long age) {
    boolean pooled = ForkJoinPool.commonPool().getActiveThreadCount() > 0;
    return threads.isEmpty() && (!pooled || age > CellThread.PATIENCE_NANOS);
  }

  private static boolean isForgotten(CellRun run, long age) {
    return run.mainThread() == null && age > FORGET_NANOS;
  }

  private static boolean isInUserCode(Thread thread) {
    var frames = thread.getStackTrace();
    return frames.length > 0 && UserClassLoader.NAME.equals(frames[0].getClassLoaderName());
  }
}
