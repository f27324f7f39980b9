package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.eval.weave.CellStopped;
import org.notegrad.kernel.eval.weave.Checkpoint;
import org.notegrad.kernel.memory.HeapReserve;

/**
 * Stops the threads of cancelled cells: interrupts them, and arms the checks in user code until
 * they have ended. A thread that stays in code without checks (a regular expression, native code)
 * is looked at now and then, and stopped when it comes back to code that has them.
 */
final class Stopper {

  // After a stop was thrown, finally blocks of the same thread get this long to clean up.
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  // Of a parallel stream's pieces, each would get it anew: for a worker of the pool it is short.
  private static final long POOL_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long TURN_MILLIS = 20;
  private static final long WATCH_MILLIS = 250;
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final Stopper INSTANCE = new Stopper();
  private static final ThreadLocal<Stop> LAST_STOP = new ThreadLocal<>();

  /** A stop that was thrown in a thread. */
  private record Stop(CellRun run, long at) {}

  private final List<CellRun> cancelled = new ArrayList<>();
  private boolean watching;

  private Stopper() {
    Checkpoint.ownedBy(CellRun::current);
  }

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
    interruptThreads(run);
    if (!cancelled.contains(run)) {
      cancelled.add(run);
    }
    if (!watching) {
      watching = true;
      Thread.ofPlatform().name("cell stopper").daemon().start(this::watch);
    }
  }

  private static void interruptThreads(CellRun run) {
    run.threads().forEach(Thread::interrupt);
    run.poolWorkers().forEach(Thread::interrupt);
  }

  /** What an armed check does. */
  private static void pass() {
    var run = CellRun.current();
    if (run == null || !run.isCancelled()) {
      return;
    }
    long now = System.nanoTime();
    var last = LAST_STOP.get();
    if (last == null || last.run != run) {
      remember(run, now);
      CellStopped.stop();
    }
    boolean pooled = CellRun.isPooled(Thread.currentThread());
    if (now - last.at > (pooled ? POOL_GRACE_NANOS : GRACE_NANOS)) {
      if (!pooled) {
        remember(run, now);
      }
      CellStopped.stop();
    }
  }

  private static void remember(CellRun run, long now) {
    try {
      LAST_STOP.set(new Stop(run, now));
    } catch (OutOfMemoryError e) {
      HeapReserve.release(); // without the memory of it, the next check throws too
    }
  }

  private void watch() {
    boolean young = true;
    while (!isDone()) {
      try {
        Thread.sleep(young ? TURN_MILLIS : WATCH_MILLIS);
        young = turn();
      } catch (InterruptedException e) {
        continue; // by a cell that interrupts every thread it finds
      } catch (OutOfMemoryError e) {
        HeapReserve.release();
      }
    }
  }

  private synchronized boolean isDone() {
    watching = !cancelled.isEmpty();
    return !watching;
  }

  /** One look at all cancelled runs; true while one of them was cancelled a moment ago. */
  private synchronized boolean turn() {
    boolean young = false;
    boolean arm = false;
    for (Iterator<CellRun> runs = cancelled.iterator(); runs.hasNext(); ) {
      var run = runs.next();
      long age = System.nanoTime() - run.cancelledAt();
      boolean over = run.isFinished() && (isIdle(run) || isForgotten(run, age));
      if (over) {
        run.stopped();
        runs.remove();
      } else if (age < CellThread.patienceNanos(run)) {
        young = true;
        arm = true;
        interruptThreads(run);
      } else {
        arm |= run.threads().stream().anyMatch(Stopper::isInUserCode);
        arm |= !run.poolWorkers().isEmpty();
      }
    }
    if (arm) {
      Checkpoint.arm(Stopper::pass);
    } else {
      Checkpoint.disarm();
    }
    return young;
  }

  private static boolean isIdle(CellRun run) {
    return run.threads().isEmpty() && run.poolWorkers().isEmpty();
  }

  private static boolean isForgotten(CellRun run, long age) {
    return run.mainThread() == null && age > FORGET_NANOS;
  }

  private static boolean isInUserCode(Thread thread) {
    var frames = thread.getStackTrace();
    return frames.length > 0 && UserClassLoader.NAME.equals(frames[0].getClassLoaderName());
  }
}
