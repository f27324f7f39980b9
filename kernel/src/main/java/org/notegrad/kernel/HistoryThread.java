package org.notegrad.kernel;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.channel.KernelThread;
import org.notegrad.kernel.channel.Message;

/** Keeps the history's file work off the way of cells, in order. */
final class HistoryThread {
  private static final int ALL = Integer.MAX_VALUE;

  private final History history;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new KernelThread("notegrad-history", work));

  HistoryThread(History history) {
    this.history = history;
  }

  void add(int line, String input, String output) {
    thread.execute(() -> history.add(line, input, output));
  }

  /**
   * Answers a history request.
   *
   * @throws IllegalArgumentException if the request names an unknown way of access
   */
  List<History.Entry> find(Message request) {
    Callable<List<History.Entry>> query =
        switch (request.text("hist_access_type", "tail")) {
          case "tail" -> () -> history.tail(request.number("n", ALL));
          case "range" ->
              () ->
                  history.range(
                      request.number("session", 0),
                      request.number("start", 0),
                      request.number("stop", -1));
          case "search" ->
              () ->
                  history.search(
                      request.text("pattern", "*"),
                      request.number("n", ALL),
                      request.flag("unique", false));
          case String other ->
              throw new IllegalArgumentException("hist_access_type \"" + other + "\" is unknown");
        };
    try {
      return thread.submit(query).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("history: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Finishes writing. */
  void close(long millis) throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }
}
