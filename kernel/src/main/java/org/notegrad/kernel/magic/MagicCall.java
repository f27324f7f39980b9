package org.notegrad.kernel.magic;

import java.util.concurrent.Callable;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.eval.Ran;
import org.notegrad.kernel.magic.CellParts.Part;
import org.notegrad.kernel.magic.Magic.Form;

/**
 * One use of a magic in a cell.
 *
 * @param notebook what evaluates the cell
 * @param cell the cell
 * @param part where in the cell
 */
record MagicCall(NotebookEvaluator notebook, Cell cell, Part.Call part) {
  /** Work that shows what it has to show by itself. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** What follows the name, stripped. */
  String arguments() {
    return part.arguments();
  }

  /** The lines below a cell magic. */
  String body() {
    return part.body();
  }

  boolean isWholeCell() {
    return part.form() == Form.CELL;
  }

  JavaEvaluator java() {
    return notebook.java();
  }

  /** The arguments' words; a word in quotes may hold spaces. */
  Words words() {
    return Words.of(arguments());
  }

  /** The report of a failure of this call. */
  CellResult.Failure failure(String message) {
    return MagicFailure.at(cell, part.start(), part.end(), message);
  }

  /** Does work under the cell's rules: it can be interrupted, and its output is the cell's. */
  CellResult inCell(Work work) {
    return inCell(() -> {
      work.run();
      return new CellResult.Nothing();
    });
  }

  /** As {@link #inCell(Work)}, for work that tells how the cell ends. */
  CellResult inCell(Callable<CellResult> work) {
    Callable<CellResult> guarded =
        () -> {
          try {
            return work.call();
          } catch (MagicException e) {
            return failure(e.getMessage());
          }
        };
    return switch (java().runInCell(cell, guarded)) {
      case Ran.Returned<CellResult>(CellResult result) -> result;
      case Ran.Ended<CellResult>(CellResult ended) -> ended;
    };
  }

  /** Evaluates the arguments as Java. */
  CellResult evaluateArguments() {
    return notebook.evaluate(cell, CellParts.only(cell.code(), part.argumentsStart(), part.end()));
  }

  /** Evaluates the lines below as a cell, which may hold magics. */
  CellResult evaluateBody() {
    return notebook.evaluate(
        cell, CellParts.only(cell.code(), part.bodyStart(), cell.code().length()));
  }
}
