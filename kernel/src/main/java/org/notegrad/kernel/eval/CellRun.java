package org.notegrad.kernel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** One run of a cell, known to its thread and to the threads that it starts. */
final class CellRun {

  private static final InheritableThreadLocal<CellRun> CURRENT = new InheritableThreadLocal<>();

  // Workers of the common pool outlive the cell that started them: they work for the running one.
  private static volatile CellRun running;

  private final Cell cell;
  private final long firstThreadId = Thread.ofPlatform().unstarted(() -> {}).threadId();
  private volatile long cancelledAt;
  private volatile boolean cancelled;
  private volatile boolean finished;
  private volatile Thread mainThread;

  CellRun(Cell cell) {
    this.cell = cell;
  }

  /** The run that the calling thread works for, or null. */
  static CellRun current() {
    var now = running;
    return isPooled() && now != null ? now : CURRENT.get();
  }

  /** Whether the calling thread is a worker of the common pool, and no cell runs. */
  static boolean isPooledLeftover() {
    return isPooled() && running == null;
  }

  private static boolean isPooled() {
    return Thread.currentThread() instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  Cell cell() {
    return cell;
  }

  boolean isCancelled() {
    return cancelled;
  }

  long cancelledAt() {
    return cancelledAt;
  }

  boolean isFinished() {
    return finished;
  }

  /** Says that nothing more is run for the cell; threads that it started may go on. */
  void finish() {
    finished = true;
  }

  void cancel() {
    cancelledAt = System.nanoTime();
    cancelled = true;
  }

  /** Makes the calling thread the cell's own, until {@link #leave}. */
  void enter() {
    mainThread = Thread.currentThread();
    running = this;
    CURRENT.set(this);
  }

  void leave() {
    CURRENT.remove();
    if (running == this) {
      running = null;
    }
    mainThread = null;
  }

  /** The cell's own thread while it is inside the cell's code, else null. */
  Thread mainThread() {
    return mainThread;
  }

  /** Threads that work for this run: its own, and the living ones that it started. */
  List<Thread> threads() {
    var main = mainThread;
    var group = CellThread.GROUP;
    var found = new Thread[group.activeCount() + 16];
    int count = group.enumerate(found);
    return Arrays.stream(found, 0, count)
        .filter(thread -> thread == main || startedHere(thread))
        .toList();
  }

  private boolean startedHere(Thread thread) {
    return thread.threadId() > firstThreadId && !(thread instanceof CellThread.Worker);
  }
}
