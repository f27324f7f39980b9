package org.notegrad.cpu;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Splits a range of independent work over a fixed set of threads. */
public final class Parallel {
  /** One part of a range. */
  @FunctionalInterface
  public interface Part {
    void run(int from, int to);
  }

  private static volatile int threads = initialThreads();
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("notegrad-cpu-", 0).factory());

  private Parallel() {}

  private static int initialThreads() {
    String set = System.getenv("NOTEGRAD_THREADS");
    return set == null
        ? Runtime.getRuntime().availableProcessors()
        : Math.max(1, Integer.parseInt(set.trim()));
  }

  public static int threads() {
    return threads;
  }

  public static void setThreads(int count) {
    threads = count;
  }

  /**
   * Runs {@code part} over [0, n), in one piece unless each thread gets at least {@code grain} of
   * it.
   */
  public static void forRange(int n, int grain, Part part) {
    int pieces = Math.min(threads, n / Math.max(grain, 1));
    if (pieces <= 1) {
      part.run(0, n);
      return;
    }
    Future<?>[] others = new Future<?>[pieces - 1];
    for (int i = 1; i < pieces; i++) {
      int from = (int) ((long) n * i / pieces);
      int to = (int) ((long) n * (i + 1) / pieces);
      others[i - 1] = POOL.submit(() -> part.run(from, to));
    }
    part.run(0, n / pieces);
    for (Future<?> other : others) {
      try {
        other.get();
      } catch (java.util.concurrent.ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException mistake -> throw mistake;
          case Error error -> throw error;
          case Throwable cause -> throw new IllegalStateException(cause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
