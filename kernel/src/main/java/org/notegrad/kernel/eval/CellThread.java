package org.notegrad.kernel.eval;

import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.notegrad.kernel.memory.HeapReserve;

/**
 * The thread that cells run on. A cell that does not stop keeps its thread, and the next one gets a
 * new thread.
 */
final class CellThread implements AutoCloseable {

  /** Every thread that a cell starts is in this group, unless it was told otherwise. */
  static final ThreadGroup GROUP = new ThreadGroup("cells");

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // Where the heap is full, a cell gets to its next check between two long collections.
  private static final long FULL_HEAP_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long POOL_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
  private static final long POOL_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** How long a cancelled run may take to end before it is abandoned. */
  static long patienceNanos(CellRun run) {
    return run.isOutOfMemory() ? FULL_HEAP_PATIENCE_NANOS : PATIENCE_NANOS;
  }

  /** How a body ended. */
  sealed interface Outcome {
    record Returned(Object value) implements Outcome {}

    record Threw(Throwable thrown) implements Outcome {}

    record Abandoned(Thread thread) implements Outcome {}
  }

  private final ClassLoader contextLoader;
  private Worker worker;
  private int workers;

  CellThread(ClassLoader contextLoader) {
    this.contextLoader = contextLoader;
    this.worker = startWorker();
  }

  private Worker startWorker() {
    workers++;
    var started = new Worker(workers == 1 ? "cell" : "cell-" + workers);
    started.setContextClassLoader(contextLoader);
    started.start();
    return started;
  }

  /** Runs a body for a cell and waits for it, but not beyond a second after the cell's cancel. */
  Outcome run(CellRun run, Callable<?> body) {
    var task = new Task(run, body);
    worker.tasks.add(task);
    if (task.await()) {
      return task.outcome();
    }
    var abandoned = worker;
    abandoned.tasks.add(Task.END);
    worker = startWorker();
    return new Outcome.Abandoned(abandoned);
  }

  @Override
  public void close() {
    worker.tasks.add(Task.END);
  }

  /** Runs tasks until told to end. */
  static final class Worker extends Thread {

    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();

    private Worker(String name) {
      super(GROUP, name);
      setDaemon(true);
    }

    @Override
    public void run() {
      while (true) {
        try {
          var task = tasks.take();
          if (task == Task.END) {
            return;
          }
          task.execute();
        } catch (InterruptedException e) {
          continue; // meant for a cell that has just ended
        } catch (OutOfMemoryError e) {
          HeapReserve.release(); // what fills the heap may be in threads that the cell left
        }
      }
    }
  }

  private static final class Task {

    private static final Task END = new Task(null, null);

    private final CellRun run;
    private final Callable<?> body;
    private Object returned;
    private Throwable thrown;
    private boolean ended;

    Task(CellRun run, Callable<?> body) {
      this.run = run;
      this.body = body;
    }

    /** The body may have filled the heap: what follows it does without memory. */
    void execute() {
      Object value = null;
      Throwable problem = null;
      try {
        run.enter();
        value = body.call();
      } catch (Throwable e) {
        problem = e;
      }
      try {
        awaitPool();
      } catch (OutOfMemoryError e) {
        HeapReserve.release();
      }
      run.leave();
      if (problem instanceof OutOfMemoryError) {
        HeapReserve.release();
      }
      Thread.interrupted();
      end(value, problem);
    }

    private synchronized void end(Object value, Throwable problem) {
      returned = value;
      thrown = problem;
      ended = true;
      notifyAll();
    }

    /** A parallel stream's other workers learn a moment later that the cell is stopped. */
    private void awaitPool() {
      while (run.isCancelled()
          && System.nanoTime() - run.cancelledAt() < POOL_PATIENCE_NANOS
          && !run.poolWorkers().isEmpty()) {
        Thread.interrupted(); // the stopper's, which would end the pause
        LockSupport.parkNanos(POOL_TURN_NANOS);
      }
    }

    synchronized Outcome outcome() {
      return thrown == null ? new Outcome.Returned(returned) : new Outcome.Threw(thrown);
    }

    /** Whether the body ended; false once it has had a second to stop and did not. */
    private synchronized boolean await() {
      while (!ended) {
        long left =
            run.isCancelled() ? patienceNanos(run) - (System.nanoTime() - run.cancelledAt()) : 0;
        if (run.isCancelled() && left <= 0) {
          return false;
        }
        try {
          wait(run.isCancelled() ? Math.max(1, left / 1_000_000) : 50);
        } catch (InterruptedException e) {
          // The evaluator's own thread is not what an interrupt is about.
          continue;
        }
      }
      return true;
    }
  }
}
