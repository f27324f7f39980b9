package org.notegrad.kernel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Stream;
import org.notegrad.kernel.eval.weave.Checkpoint;
import org.notegrad.kernel.memory.HeapReserve;

/** One run of a cell, known to its thread and to the threads that it starts. */
final class CellRun {

  private static final InheritableThreadLocal<CellRun> CURRENT = new InheritableThreadLocal<>();

  // Workers of the common pool outlive the cell that started them: they work for the running one,
  // or clear up after the one that was stopped.
  private static volatile CellRun running;
  private static volatile CellRun beingStopped;

  // Where runs have ended and their threads are to be stopped too: all that began before.
  private static volatile long latestId;
  private static volatile long leftBehindId = -1;

  private final Cell cell;
  private final long firstThreadId;
  private final long startedAt = System.nanoTime();
  private volatile long cancelledAt;
  private volatile boolean cancelled;
  private volatile boolean finished;
  private volatile boolean outOfMemory;
  private volatile Thread mainThread;

  CellRun(Cell cell) {
    this(cell, Thread.ofPlatform().unstarted(() -> {}).threadId());
    latestId = firstThreadId;
  }

  private CellRun(Cell cell, long firstThreadId) {
    this.cell = cell;
    this.firstThreadId = firstThreadId;
  }

  /** Stands for all runs whose threads are stopped after their end. */
  static CellRun ofAllEnded() {
    var run = new CellRun(null, 0);
    run.finish();
    return run;
  }

  /** The run that the calling thread works for, or null. */
  static CellRun current() {
    if (!isPooled(Thread.currentThread())) {
      return CURRENT.get();
    }
    var now = running;
    return now == null ? beingStopped : now;
  }

  /** Whether a thread is a worker of the common pool. */
  static boolean isPooled(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  Cell cell() {
    return cell;
  }

  boolean isCancelled() {
    return cancelled || isLeftBehind();
  }

  /** Whether the run had ended when {@link #cancelAllEnded} was called. */
  boolean isLeftBehind() {
    return firstThreadId <= leftBehindId;
  }

  /** Cancels all runs that have begun, for threads that they have left. Allocates nothing. */
  static void cancelAllEnded() {
    leftBehindId = latestId;
  }

  long startedAt() {
    return startedAt;
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

  /** Tells the checks in the cell's code to stop it. Allocates nothing. */
  void cancel() {
    if (cancelled) {
      return;
    }
    cancelledAt = System.nanoTime();
    cancelled = true;
    beingStopped = this;
    HeapReserve.letGo();
  }

  /** Says that a cell is stopped since it leaves no memory to work with. */
  void blameForMemory() {
    outOfMemory = true;
  }

  boolean isOutOfMemory() {
    return outOfMemory;
  }

  /** Says that nothing of the cancelled cell runs any more. */
  void stopped() {
    if (beingStopped == this) {
      beingStopped = null;
    }
  }

  /** Makes the calling thread the cell's own, until {@link #leave}. */
  void enter() {
    mainThread = Thread.currentThread();
    running = this;
    CURRENT.set(this);
    HeapReserve.hold();
    if (cancelled) {
      HeapReserve.letGo();
    }
  }

  void leave() {
    CURRENT.remove();
    if (running == this) {
      running = null;
      HeapReserve.letGo();
    }
    mainThread = null;
  }

  /** The cell's own thread while it is inside the cell's code, else null. */
  Thread mainThread() {
    return mainThread;
  }

  /** Workers of the common pool that are in code of this run; none while another cell runs. */
  List<Thread> poolWorkers() {
    var working = running == null ? beingStopped : running;
    if (working != this || ForkJoinPool.commonPool().isQuiescent()) {
      return List.of();
    }
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(one -> isPooled(one.getKey()) && isUserCode(one.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isUserCode(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .anyMatch(frame -> UserClassLoader.NAME.equals(frame.getClassLoaderName()));
  }

  /** Threads that work for this run: its own, and the living ones that it started. */
  List<Thread> threads() {
    var main = mainThread;
    var group = CellThread.GROUP;
    var found = new Thread[group.activeCount() + 16];
    int count = group.enumerate(found);
    var platform =
        Arrays.stream(found, 0, count).filter(thread -> thread == main || startedHere(thread));
    return Stream.concat(platform, Checkpoint.sleeping(this).stream()).toList();
  }

  private boolean startedHere(Thread thread) {
    return thread.threadId() > firstThreadId
        && !(thread instanceof CellThread.Worker)
        && !isPooled(thread);
  }
}
