package org.notegrad.kernel.eval;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * JShell, which takes a second to start and is needed for methods, types and completion only: it
 * starts when it is told to, or asked for.
 */
final class LazyShell implements AutoCloseable {

  private final FutureTask<JShell> starting;
  private final Queue<Consumer<JShell>> waiting = new ConcurrentLinkedQueue<>();
  private JShell shell;

  /** JShell, not yet started. */
  LazyShell(Supplier<JShell> start) {
    starting = new FutureTask<>(start::get);
  }

  /** Starts it, unless that was done. May be called from any thread. */
  void start() {
    starting.run();
  }

  /** JShell as soon as it has started, told of all that {@link #tell} was given. */
  JShell get() {
    if (shell == null) {
      start();
      shell = awaitStart();
    }
    while (!waiting.isEmpty()) {
      waiting.remove().accept(shell);
    }
    return shell;
  }

  private JShell awaitStart() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return starting.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("JShell did not start", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does something to JShell before anybody gets it again. May be called from any thread. */
  void tell(Consumer<JShell> news) {
    waiting.add(news);
  }

  /** Whether anybody has got it yet: before that it knows of no cell. */
  boolean isInUse() {
    return shell != null;
  }

  SourceCodeAnalysis analysis() {
    return get().sourceCodeAnalysis();
  }

  @Override
  public void close() {
    if (!starting.cancel(false)) {
      get().close();
    }
  }
}
