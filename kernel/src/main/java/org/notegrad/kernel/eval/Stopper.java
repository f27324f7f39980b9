package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.channel.KernelThread;
import org.notegrad.kernel.eval.weave.CellStopped;
import org.notegrad.kernel.eval.weave.Checkpoint;
import org.notegrad.kernel.memory.HeapReserve;

/**
 * Stops the threads of cancelled cells: interrupts them, and arms the checks in user code until
 * they have ended. A thread that stays in code without checks (a regular expression, native code)
 * is looked at now and then, and stopped when it comes back to code that has them.
 *
 * <p>To stop a cell takes no memory, for it may have filled the heap, and waits for no thread that
 * needs some.
 */
final class Stopper {

  // After a stop was thrown, finally blocks of the same thread get this long to clean up.
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  // Of a parallel stream's pieces, each would get it anew: for a worker of the pool it is short.
  private static final long POOL_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long TURN_MILLIS = 20;
  private static final long WATCH_MILLIS = 250;
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int ROOM = 100;

  private static final Stopper INSTANCE = new Stopper();
  private static final Checkpoint.Guard GUARD = Stopper::pass;
  private static final ThreadLocal<Stop> LAST_STOP = new ThreadLocal<>();

  /** A stop that was thrown in a thread. */
  private record Stop(CellRun run, long at) {}

  private final List<CellRun> cancelled = new ArrayList<>(ROOM);
  private boolean added; // since the last turn began
  private volatile CellRun leftBehind = CellRun.ofAllEnded();
  private CellRun[] inTurn = new CellRun[ROOM]; // the turn's own

  private Stopper() {
    Checkpoint.ownedBy(CellRun::current);
    new KernelThread("notegrad-stopper", this::watch).start();
  }

  static void stop(CellRun run) {
    run.cancel();
    INSTANCE.pursue(run);
  }

  /** Stops the threads that cells have left behind, while none runs. */
  static void stopLeftBehind() {
    CellRun.cancelAllEnded();
    stop(INSTANCE.leftBehind);
  }

  /** Loads and links what the first stop needs, so that it is as quick as the others. */
  static void warmUp() {
    INSTANCE.armOnce();
  }

  private synchronized void armOnce() {
    if (cancelled.isEmpty()) {
      Checkpoint.arm(GUARD);
      Checkpoint.disarm();
    }
  }

  private synchronized void pursue(CellRun run) {
    Checkpoint.arm(GUARD);
    if (!cancelled.contains(run)) {
      cancelled.add(run);
    }
    added = true;
    notifyAll();
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
    while (true) {
      try {
        awaitTurn(young ? TURN_MILLIS : WATCH_MILLIS);
        young = turn();
      } catch (OutOfMemoryError e) {
        HeapReserve.release();
      } catch (InterruptedException e) {
        continue; // nobody can interrupt this thread
      }
    }
  }

  /** Waits for a run to be cancelled; where one is already, no longer than told. */
  private synchronized void awaitTurn(long millis) throws InterruptedException {
    if (!cancelled.isEmpty()) {
      wait(millis);
    }
    while (cancelled.isEmpty()) {
      wait();
    }
  }

  /** One look at all cancelled runs; true while one of them was cancelled a moment ago. */
  private boolean turn() {
    boolean young = false;
    boolean arm = false;
    int count = beginTurn();
    for (int i = 0; i < count; i++) {
      var run = inTurn[i];
      inTurn[i] = null;
      long age = System.nanoTime() - run.cancelledAt();
      boolean over = run.isFinished() && (isIdle(run) || isForgotten(run, age));
      if (over) {
        if (run == leftBehind) {
          leftBehind = CellRun.ofAllEnded();
        }
        remove(run);
      } else if (age < CellThread.patienceNanos(run)) {
        young = true;
        arm = true;
        interruptThreads(run);
      } else {
        arm |= run.threads().stream().anyMatch(Stopper::isInUserCode);
        arm |= !run.poolWorkers().isEmpty();
      }
    }
    endTurn(arm);
    return young;
  }

  private synchronized int beginTurn() {
    added = false;
    inTurn = cancelled.toArray(inTurn);
    return cancelled.size();
  }

  private synchronized void remove(CellRun run) {
    run.stopped();
    cancelled.remove(run);
  }

  private synchronized void endTurn(boolean arm) {
    if (arm || added) {
      Checkpoint.arm(GUARD);
    } else {
      Checkpoint.disarm();
    }
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
