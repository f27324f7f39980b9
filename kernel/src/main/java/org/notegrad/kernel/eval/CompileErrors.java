package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jdk.jshell.Diag;

/** Describes what does not compile, at its place in the cell. */
final class CompileErrors {

  static final String NAME = "CompileError";

  private static final int SHOWN = 5;

  // Of a line that is longer, a part is quoted: so much of it, and of that so much before the
  // error.
  private static final int MOST_QUOTED = 400;
  private static final int LEAD = 300;

  private static final Pattern SYMBOL = Pattern.compile("\\s*symbol:\\s+(.*)");
  private static final Pattern LOCATION = Pattern.compile("\\s*location:\\s+(.*)");
  private static final Pattern OF_TYPE = Pattern.compile("variable (\\w+) of type (.*)");

  private final Suggestions suggestions;

  CompileErrors(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  /** Describes the errors among a snippet's diagnostics. */
  CellResult.Failure failure(Sources.Origin origin, List<Diag> diagnostics) {
    var errors = diagnostics.stream().filter(Diag::isError).toList();
    var lines = new ArrayList<String>();
    for (var error : errors.subList(0, Math.min(SHOWN, errors.size()))) {
      describe(origin, error, lines);
    }
    if (errors.size() > SHOWN) {
      lines.add("... and %,d more errors".formatted(errors.size() - SHOWN));
    }
    var first = errors.isEmpty() ? "does not compile" : message(errors.getFirst());
    return new CellResult.Failure(NAME, first, lines);
  }

  /** Describes one error of our own at a place in the cell. */
  CellResult.Failure failure(Sources.Origin origin, int start, int end, String message) {
    var lines = new ArrayList<String>();
    describe(origin, start, end, message, lines);
    return new CellResult.Failure(NAME, message, lines);
  }

  private void describe(Sources.Origin origin, Diag error, List<String> lines) {
    int at = (int) error.getPosition();
    int start = (int) error.getStartPosition();
    int end = (int) error.getEndPosition();
    // The whole of a long expression says less than the point where it went wrong.
    boolean pointed = at > start && error.getCode().startsWith("compiler.err.cant.resolve");
    var hint = suggestions.hint(error).map(text -> "\n" + text).orElse("");
    describe(origin, pointed ? at : start, end, message(error) + hint, lines);
  }

  private static void describe(
      Sources.Origin origin, int snippetStart, int snippetEnd, String message, List<String> lines) {
    var code = origin.cell().code();
    int start = Math.clamp((long) origin.offset() + snippetStart, 0, code.length());
    start = beforeEnd(code, start);
    int lineStart = code.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = code.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? code.length() : lineEnd;
    int end =
        Math.clamp((long) origin.offset() + snippetEnd, start + 1, Math.max(lineEnd, start + 1));
    int number = Sources.line(code, start);
    int from = start - lineStart > LEAD ? start - LEAD : lineStart;
    int to = Math.min(lineEnd, from + MOST_QUOTED);
    lines.add(
        Ansi.BOLD.paint(NAME)
            + " in "
            + Ansi.BOLD.paint(origin.cell().label() + ", line " + number)
            + ":");
    var gutter = "%5d | ".formatted(number);
    lines.add(gutter + code.substring(from, to));
    lines.add(
        " ".repeat(gutter.length() - 2)
            + "| "
            + blank(code.substring(from, start))
            + Ansi.RED.paint("^".repeat(Math.clamp(to - start, 1, end - start))));
    message.lines().map(line -> " ".repeat(gutter.length()) + line).forEach(lines::add);
  }

  /** A place past the last character of a line is shown on that line, not on an empty one. */
  private static int beforeEnd(String code, int start) {
    int at = start;
    while (at > 0 && at >= code.stripTrailing().length()) {
      at--;
    }
    return start >= code.stripTrailing().length() && !code.isBlank() ? at + 1 : start;
  }

  private static String blank(String text) {
    return text.replaceAll("[^\t]", " ");
  }

  /** The compiler's message without JShell's own names, and short. */
  static String message(Diag error) {
    var lines = new ArrayList<String>();
    for (var line : error.getMessage(Locale.ENGLISH).lines().toList()) {
      var clean = TypeNames.withoutPackages(Tracebacks.clean(line)).stripTrailing();
      var symbol = SYMBOL.matcher(clean);
      var location = LOCATION.matcher(clean);
      if (symbol.matches()) {
        lines.set(lines.size() - 1, lines.getLast() + ": " + symbol.group(1));
      } else if (clean.endsWith("location: class")) {
        continue; // the wrapper of the cell's code
      } else if (location.matches()) {
        lines.set(lines.size() - 1, lines.getLast() + " in " + place(location.group(1)));
      } else if (!clean.isBlank()) {
        lines.add(clean);
      }
    }
    return String.join("\n", lines);
  }

  private static String place(String location) {
    var variable = OF_TYPE.matcher(location);
    return variable.matches() ? variable.group(2) + " " + variable.group(1) : location;
  }
}
