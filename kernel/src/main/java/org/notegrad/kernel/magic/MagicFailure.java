package org.notegrad.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;

/** Reports what a magic could not do, at its line of the cell. */
final class MagicFailure {
  static final String NAME = "MagicError";

  private static final String RED = "\u001b[31m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private MagicFailure() {}

  /**
   * The report of a failure.
   *
   * @param start the offset in the cell's code of what is underlined
   * @param end one past it
   */
  static CellResult.Failure at(Cell cell, int start, int end, String message) {
    String code = cell.code();
    int lineStart = code.lastIndexOf('\n', start - 1) + 1;
    int newline = code.indexOf('\n', start);
    int lineEnd = newline < 0 ? code.length() : newline;
    int marked = Math.max(1, Math.min(end, lineEnd) - start);
    int number = line(code, start);
    var gutter = "%5d | ".formatted(number);
    var lines = new ArrayList<String>();
    lines.add(
        "%s%s%s in %s%s, line %d%s:"
            .formatted(BOLD, NAME, PLAIN, BOLD, cell.label(), number, PLAIN));
    lines.add(gutter + code.substring(lineStart, lineEnd));
    lines.add(
        " ".repeat(gutter.length() - 2)
            + "| "
            + code.substring(lineStart, start).replaceAll("[^\t]", " ")
            + RED
            + "^".repeat(marked)
            + PLAIN);
    message.lines().map(line -> " ".repeat(gutter.length()) + line).forEach(lines::add);
    return new CellResult.Failure(NAME, message, List.copyOf(lines));
  }

  /** The report of a cell that was stopped between two of its parts. */
  static CellResult.Interrupted interrupted(Cell cell) {
    return new CellResult.Interrupted(
        List.of(BOLD + "Interrupted" + PLAIN + ": " + cell.label() + " was stopped"));
  }

  /** The line, from 1, on which an offset lies. */
  static int line(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
