package org.notegrad.launcher;

import java.io.PrintStream;
import java.util.List;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.kernel.eval.JavaEvaluator;

/**
 * Runs a piped program as the kernel runs a cell: statements, declarations, and a last expression
 * whose value is printed.
 *
 * @param out where the value goes
 * @param err where an error goes
 */
record ProgramRunner(PrintStream out, PrintStream err) {

  /** Whether the program ran without an error. */
  boolean run(String program) {
    if (program.isBlank()) return true;
    try (var evaluator = JavaEvaluator.start(EvaluatorOptions.defaults())) {
      return switch (evaluator.evaluate(new Cell(1, "standard input", program))) {
        case CellResult.Nothing _ -> true;
        case CellResult.Value(var value) -> {
          if (value != null) out.println(value);
          yield true;
        }
        case CellResult.Failure failure -> fail(failure.traceback());
        case CellResult.Interrupted interrupted -> fail(interrupted.traceback());
        case CellResult.Abandoned abandoned -> fail(abandoned.traceback());
      };
    } finally {
      out.flush();
    }
  }

  private boolean fail(List<String> traceback) {
    for (var line : traceback) err.println(line.replaceAll("\u001b\\[[0-9;]*m", ""));
    return false;
  }
}
