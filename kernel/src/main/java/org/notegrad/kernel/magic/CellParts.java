package org.notegrad.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.notegrad.kernel.magic.Magic.Form;

/** Splits a cell into its Java and its magics. */
final class CellParts {
  /** What a cell is made of; offsets are those of the cell's code. */
  sealed interface Part {
    /**
     * Java.
     *
     * @param code the cell's code with all but this part blanked, so that places stay the same
     */
    record Java(String code) implements Part {}

    /**
     * A magic.
     *
     * @param start where its percent sign stands
     * @param name as written
     * @param arguments the rest of its line, stripped
     * @param argumentsStart where they start
     * @param body the lines below, of a cell magic; else empty
     * @param bodyStart where they start
     */
    record Call(
        Form form,
        int start,
        String name,
        String arguments,
        int argumentsStart,
        String body,
        int bodyStart)
        implements Part {
      int end() {
        return argumentsStart + arguments.length();
      }
    }

    /** A magic where none can stand. */
    record Misplaced(int start, String name, String rule) implements Part {}
  }

  private static final Pattern MAGIC =
      Pattern.compile("[ \\t]*(%%?)([\\p{L}_][\\p{L}\\p{N}_]*)([^\\n]*)");

  private final String code;
  private final Predicate<String> known;
  private final List<Part> parts = new ArrayList<>();
  private int javaStart;
  private int at;
  private int depth;
  private char before = ';'; // the last character of Java that is neither blank nor comment

  private CellParts(String code, Predicate<String> known) {
    this.code = code;
    this.known = known;
  }

  /**
   * The parts of a cell, in order.
   *
   * @param known tells the names of magics
   */
  static List<Part> of(String code, Predicate<String> known) {
    var parts = new CellParts(code, known);
    parts.split();
    return parts.parts;
  }

  /** The code with all but {@code [from, to)} blanked; line ends stay. */
  static String only(String code, int from, int to) {
    var masked = new StringBuilder(code.length());
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      masked.append((i >= from && i < to) || c == '\n' || c == '\r' ? c : ' ');
    }
    return masked.toString();
  }

  private void split() {
    if (wholeCell()) {
      return;
    }
    boolean lineStart = true;
    while (at < code.length()) {
      if (lineStart && magic()) {
        continue;
      }
      char c = code.charAt(at);
      if (c == '\n') {
        lineStart = true;
        at++;
      } else {
        lineStart = false;
        step(c);
      }
      // A comment or text block may end in the middle of a line, never at its start.
    }
    java(code.length());
  }

  /** Takes a cell magic on the first line that is not blank. */
  private boolean wholeCell() {
    int first = 0;
    while (first < code.length() && Character.isWhitespace(code.charAt(first))) {
      first++;
    }
    int line = code.lastIndexOf('\n', first) + 1;
    var matcher = MAGIC.matcher(code).region(line, code.length());
    if (!matcher.lookingAt() || !matcher.group(1).equals(Form.CELL.sign())) {
      return false;
    }
    int bodyStart = Math.min(matcher.end() + 1, code.length());
    parts.add(call(Form.CELL, matcher, code.substring(bodyStart), bodyStart));
    return true;
  }

  private static Part.Call call(
      Form form, java.util.regex.Matcher matcher, String body, int bodyStart) {
    String rest = matcher.group(3);
    String arguments = rest.strip();
    int indent = rest.indexOf(arguments);
    return new Part.Call(
        form,
        matcher.start(1),
        matcher.group(2),
        arguments,
        matcher.start(3) + indent,
        body,
        bodyStart);
  }

  /** Takes a line that is a magic, if Java can't go on with it. */
  private boolean magic() {
    var matcher = MAGIC.matcher(code).region(at, code.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    String name = matcher.group(2);
    boolean between = before == ';' || before == '}' || before == '{';
    if (!between && (depth > 0 || !known.test(name))) {
      return false;
    }
    java(at);
    int start = matcher.start(1);
    if (matcher.group(1).equals(Form.CELL.sign())) {
      parts.add(new Part.Misplaced(start, "%%" + name, "stands on the first line of a cell"));
    } else if (depth > 0) {
      parts.add(
          new Part.Misplaced(
              start, "%" + name, "stands between statements, not inside a block of Java"));
    } else {
      parts.add(call(Form.LINE, matcher, "", matcher.end()));
    }
    at = matcher.end();
    javaStart = at;
    before = ';';
    return true;
  }

  private void java(int end) {
    if (!code.substring(javaStart, end).isBlank()) {
      parts.add(new Part.Java(only(code, javaStart, end)));
    }
  }

  /** Moves past a character, a comment or a literal. */
  private void step(char c) {
    if (code.startsWith("//", at)) {
      at = endOfLine(at);
    } else if (code.startsWith("/*", at)) {
      int end = code.indexOf("*/", at + 2);
      at = end < 0 ? code.length() : end + 2;
    } else if (code.startsWith("\"\"\"", at)) {
      before = '"';
      at = closing("\"\"\"", at + 3, code.length());
    } else if (c == '"' || c == '\'') {
      before = c;
      at = closing(String.valueOf(c), at + 1, endOfLine(at));
    } else {
      switch (c) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      if (!Character.isWhitespace(c)) {
        before = c;
      }
      at++;
    }
  }

  private int endOfLine(int from) {
    int end = code.indexOf('\n', from);
    return end < 0 ? code.length() : end;
  }

  private int closing(String quotes, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (code.charAt(i) == '\\') {
        i++;
      } else if (code.startsWith(quotes, i)) {
        return i + quotes.length();
      }
    }
    return limit;
  }
}
