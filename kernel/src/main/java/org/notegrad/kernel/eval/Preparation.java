package org.notegrad.kernel.eval;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What makes later cells faster, done while no cell runs: JShell is started, then some cells are
 * evaluated, in a session of their own that leaves nothing behind, so that the JIT compiler has met
 * javac before the person's next cell needs it; then what the evaluator's user has to practise.
 */
final class Preparation implements AutoCloseable {

  private static final long LOOK_MILLIS = 100;
  private static final int ROUNDS = 40;
  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "int x = 3;\nx * 2",
          "for (int i = 0; i < 3; i++) {\n  x += i;\n}",
          "var s = \"a\" + x;\ns.length()",
          "List.of(1, 2).stream().map(i -> i * x).toList()");

  private final Session session;
  private final EvaluatorOptions options;
  private volatile boolean closed;

  /** The preparation of a session, not yet begun. */
  Preparation(Session session, EvaluatorOptions options) {
    this.session = session;
    this.options = options;
  }

  /** Begins, in the background; {@code more} comes last, and is told whether it may go on. */
  void start(Consumer<BooleanSupplier> more) {
    Thread.ofPlatform().name("notegrad-preparation").daemon().start(() -> prepare(more));
  }

  private void prepare(Consumer<BooleanSupplier> more) {
    try {
      if (isIdle()) {
        session.shell.start();
      }
      if (session.hasCompiler()) {
        evaluateCells();
      }
      if (isIdle()) {
        more.accept(() -> !closed && session.isIdle());
      }
    } catch (InterruptedException | OutOfMemoryError e) {
      return; // by a cell, which needs the machine more: the next ones are as fast as they are
    }
  }

  private void evaluateCells() throws InterruptedException {
    try (var practice = new Session(options.compilerOptions())) {
      practice.start(options.imports());
      long count = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (var code : CELLS) {
          if (!isIdle()) {
            return;
          }
          practice.evaluate(new Cell(--count, "practice", code), code);
        }
      }
    }
  }

  /** Waits until no cell has run for a moment; false if there will be none. */
  private boolean isIdle() throws InterruptedException {
    while (!closed && !session.isIdle()) {
      Thread.sleep(LOOK_MILLIS);
    }
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
