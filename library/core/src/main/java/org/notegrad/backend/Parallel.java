package org.notegrad.backend;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.notegrad.NotegradException;

/**
 * Splits a range of independent work over a fixed set of threads, which wait for the next range
 * spinning for a moment and then parked: waking a parked thread takes longer than a small layer.
 *
 * <p>One thread at a time has the workers; a call from inside a part, or while another thread has
 * them, runs on its caller alone. A call uses only threads that others leave to it: those that are
 * computing a range now, and those that have done so most of the time lately, count as busy (see
 * {@link Demand}). So threads that all compute, as the ranks of a parallel strategy, come to run
 * alone, and nobody spins; a thread that computes a little now and then, as a loader, changes
 * nothing for the others.
 */
public final class Parallel {
  /** One part of a range. */
  @FunctionalInterface
  public interface Part {
    void run(int from, int to);
  }

  private static final String VARIABLE = "NOTEGRAD_THREADS";
  private static final long SPIN_NANOS = 100_000;

  private static final Object WORKERS_LOCK = new Object();
  private static volatile Worker[] workers = {};
  private static volatile int threads;
  private static final AtomicInteger TAKEN = new AtomicInteger();
  private static volatile Job job;

  private static final Demand DEMAND = new Demand();
  private static final ScopedValue<Integer> LIMIT = ScopedValue.newInstance();

  private Parallel() {}

  /** What {@code NOTEGRAD_THREADS} asks for, or the number of cores if it is null. */
  static int parse(String variable) {
    if (variable == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int count = Integer.parseInt(variable.strip());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException _) {
      // told below, as a number below 1
    }
    throw new NotegradException(
        "threads", "%s is '%s'; a whole number of at least 1 expected", VARIABLE, variable);
  }

  /** How many threads one call may use, here and now. */
  public static int threads() {
    return Math.min(all(), LIMIT.orElse(Integer.MAX_VALUE));
  }

  private static int all() {
    if (threads == 0) {
      threads = parse(System.getenv(VARIABLE));
    }
    return threads;
  }

  /** Sets {@link #threads()}. */
  public static void setThreads(int count) {
    threads = count;
  }

  /**
   * What {@code body} returns; its computations on this thread use at most {@code limit} threads
   * each: 1 for a rank among several. Inside another such body the smaller limit counts. Threads
   * that the body starts are not limited.
   *
   * @throws NotegradException if the limit is below 1
   */
  public static <T> T during(int limit, Supplier<T> body) {
    if (limit < 1) {
      throw new NotegradException("during", "%d threads; at least 1 expected", limit);
    }
    int least = Math.min(limit, LIMIT.orElse(limit));
    return ScopedValue.where(LIMIT, least).call(body::get);
  }

  /** As {@link #during(int, Supplier)}, without a result. */
  public static void during(int limit, Runnable body) {
    during(
        limit,
        () -> {
          body.run();
          return null;
        });
  }

  /**
   * Runs {@code part} over [0, n), in one piece unless each thread gets at least {@code grain} of
   * it. What a part throws is thrown here, after all parts have ended.
   */
  public static void forRange(int n, int grain, Part part) {
    int pieces = Math.min(threads(), n / Math.max(grain, 1));
    Demand.Caller me = pieces <= 1 ? null : DEMAND.caller();
    if (me == null || me.isInside()) {
      part.run(0, n);
      return;
    }
    int others = DEMAND.enter(me);
    try {
      pieces = Math.min(pieces, all() - others);
      if (pieces > 1 && TAKEN.compareAndSet(0, 1)) {
        share(n, pieces, part);
      } else {
        part.run(0, n);
      }
    } finally {
      DEMAND.leave(me);
    }
  }

  private static void share(int n, int pieces, Part part) {
    Job shared = new Job(part, n, pieces);
    try {
      job = shared;
      wake(pieces - 1);
      shared.work();
      shared.await();
    } finally {
      job = null;
      TAKEN.set(0);
    }
    shared.rethrow();
  }

  private static void wake(int count) {
    Worker[] all = workers;
    if (all.length < count) {
      all = hire(count);
    }
    for (int i = 0; i < count; i++) {
      if (all[i].parked) {
        LockSupport.unpark(all[i]);
      }
    }
  }

  private static Worker[] hire(int count) {
    synchronized (WORKERS_LOCK) {
      Worker[] all = java.util.Arrays.copyOf(workers, Math.max(count, workers.length));
      for (int i = workers.length; i < all.length; i++) {
        all[i] = new Worker(i);
        all[i].start();
      }
      workers = all;
      return all;
    }
  }

  /** A range that threads take pieces of. */
  private static final class Job {
    private final Part part;
    private final int n;
    private final int pieces;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger open;
    private volatile Throwable failure;

    Job(Part part, int n, int pieces) {
      this.part = part;
      this.n = n;
      this.pieces = pieces;
      this.open = new AtomicInteger(pieces);
    }

    boolean hasWork() {
      return next.get() < pieces;
    }

    void work() {
      for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
        try {
          part.run((int) ((long) n * i / pieces), (int) ((long) n * (i + 1) / pieces));
        } catch (Throwable e) { // of any type: it is thrown again by the caller
          fail(e);
        } finally {
          open.decrementAndGet();
        }
      }
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }

    /** Waits for the pieces that others have begun. An interrupt stays noted for later. */
    void await() {
      long start = System.nanoTime();
      while (open.get() > 0) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    void rethrow() {
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failure); // a part declares no other
      }
    }
  }

  private static final class Worker extends Thread {
    private final int number;
    private volatile boolean parked;

    Worker(int number) {
      super("notegrad-cpu-" + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      DEMAND.caller().stayInside();
      long idleSince = System.nanoTime();
      while (true) {
        Job current = job;
        if (current != null && number < current.pieces - 1 && current.hasWork()) {
          current.work();
          current = null;
          idleSince = System.nanoTime();
        } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          park();
          idleSince = System.nanoTime();
        }
      }
    }

    private void park() {
      parked = true;
      Job current = job;
      if (current == null || number >= current.pieces - 1 || !current.hasWork()) {
        LockSupport.park(this);
      }
      parked = false;
      Thread.interrupted(); // nobody has a reason to interrupt it, and parking would fail
    }
  }
}
