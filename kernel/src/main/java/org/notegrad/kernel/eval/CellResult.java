package org.notegrad.kernel.eval;

import java.util.List;

/** How a cell ended. Traceback lines carry ANSI colours and are ready to be sent. */
public sealed interface CellResult {

  /**
   * The cell's last statement is an expression.
   *
   * @param value what it gave, which may be null; nothing of it has been called
   */
  record Value(Object value) implements CellResult {}

  /** The cell ran and has nothing to show. */
  record Nothing() implements CellResult {}

  /**
   * The cell does not compile, or threw.
   *
   * @param name the exception's class as Java names it, or {@code CompileError}
   * @param message the exception's own message, or the compiler's; empty if there is none
   * @param traceback the whole report, one line a string
   */
  record Failure(String name, String message, List<String> traceback) implements CellResult {}

  /** The cell stopped because it was interrupted; nothing of it runs any more. */
  record Interrupted(List<String> traceback) implements CellResult {}

  /**
   * The cell was interrupted and did not stop within a second: its thread goes on by itself.
   *
   * @param threadName the thread that goes on
   */
  record Abandoned(String threadName, List<String> traceback) implements CellResult {}
}
