package org.notegrad.kernel.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/**
 * Evaluates cells of Java, in this JVM.
 *
 * <p>All methods but {@link #interrupt} and {@link #currentCell} belong to one thread at a time.
 */
public final class JavaEvaluator implements AutoCloseable {

  private JavaEvaluator() {}

  public static JavaEvaluator start(EvaluatorOptions options) {
    return new JavaEvaluator();
  }

  /** The {@link Cell#id} of the cell that the calling thread works for; empty outside cells. */
  public static OptionalLong currentCell() {
    return OptionalLong.empty();
  }

  /** Runs a cell to its end; returns within about a second of an {@link #interrupt}. */
  public CellResult evaluate(Cell cell) {
    throw new UnsupportedOperationException(cell.code());
  }

  /** Runs a body under a cell's rules: interruptible, abandoned after a second, never throwing. */
  public <T> Ran<T> runInCell(Cell cell, Callable<T> body) {
    throw new UnsupportedOperationException(cell.code());
  }

  /** Interrupts the running cell; does nothing if none runs. May be called from any thread. */
  public void interrupt() {}

  public Completion complete(String code, int cursor) {
    throw new UnsupportedOperationException(code);
  }

  /**
   * Describes the name at the cursor.
   *
   * @param level 0 for the signature and first sentence, 1 for all that is known
   */
  public Optional<Inspection> inspect(String code, int cursor, int level) {
    throw new UnsupportedOperationException(code);
  }

  public Completeness isComplete(String code) {
    throw new UnsupportedOperationException(code);
  }

  /** Makes jars and folders usable by the cells that follow. */
  public void addToClassPath(List<Path> paths) {
    throw new UnsupportedOperationException(paths.toString());
  }

  @Override
  public void close() {}
}
