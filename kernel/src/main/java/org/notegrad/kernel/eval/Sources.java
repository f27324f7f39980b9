package org.notegrad.kernel.eval;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.notegrad.kernel.eval.Statements.Kind;
import org.notegrad.kernel.eval.Statements.Piece;
import org.notegrad.kernel.eval.weave.CellClass;

/**
 * From the classes that JShell compiles back to the cells that people wrote. JShell wraps a snippet
 * in a class whose first lines are the package, the imports and the class; after them come some
 * lines that depend on what the snippet is, and then the snippet's own.
 */
final class Sources {

  /**
   * Where a snippet's source stands.
   *
   * @param cell the cell
   * @param piece the piece of the cell
   * @param offset the cell's offset of the snippet's first character
   */
  record Origin(Cell cell, Piece piece, int offset) {}

  /**
   * What is known of the newest wrapper class of a snippet.
   *
   * @param from what it was compiled from
   * @param now what declares it; JShell keeps the class of a source that comes again as it was
   */
  private record Wrapper(String name, Origin from, Origin now) {}

  // The line of a wrapper class on which the person's own source starts.
  private static final int FIRST_OF_STATEMENT = 5;
  private static final int FIRST_OF_DECLARATION = 5;
  private static final int FIRST_OF_INITIALIZER = 7;
  private static final int FIRST_OF_EXPRESSION = 8;

  private static final String RUN_METHOD = "do_it$";
  private static final Pattern TEMPORARY = Pattern.compile("\\$\\d+");
  private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$(\\d+)\\w*)(\\$.*)?");

  private final TopLevelVariables variables;
  private final Map<String, Wrapper> byIndex = new HashMap<>();
  private final Map<String, Cell> cells = new HashMap<>();
  private Origin current;

  Sources(TopLevelVariables variables) {
    this.variables = variables;
  }

  /** Says where the snippet comes from that is evaluated next. */
  void evaluating(Origin origin) {
    current = origin;
    cells.put(origin.cell().label(), origin.cell());
  }

  /** A line, counted from 1, of the cell that stack frames call by this label; null if unknown. */
  String quote(String label, int line) {
    var cell = cells.get(label);
    if (cell == null) {
      return null;
    }
    var lines = cell.code().lines().toList();
    return line >= 1 && line <= lines.size() ? lines.get(line - 1) : null;
  }

  /** What is known of a wrapper class that JShell has just compiled. */
  CellClass cellClass(ClassModel wrapper) {
    var name = wrapper.thisClass().asInternalName().replace('/', '.');
    var matcher = WRAPPER.matcher(name);
    if (!matcher.matches()) {
      return CellClass.LIBRARY;
    }
    // JShell compiles a snippet again when something changes that it refers to.
    var known = byIndex.get(matcher.group(2));
    var origin = known == null || isDeclaredHere(wrapper) ? current : known.now;
    byIndex.put(matcher.group(2), new Wrapper(name, origin, origin));
    return new CellClass(origin.cell().label(), lines(wrapper, origin), variables);
  }

  /** What is known of the wrapper class around a class, if it is the newest of its snippet. */
  private Optional<Wrapper> wrapper(String className) {
    var matcher = WRAPPER.matcher(className);
    return matcher.matches()
        ? Optional.ofNullable(byIndex.get(matcher.group(2)))
            .filter(one -> one.name.equals(matcher.group(1)))
        : Optional.empty();
  }

  /** Says that the piece that is being evaluated declares what this wrapper class holds. */
  void declared(String wrapperName) {
    var matcher = WRAPPER.matcher(wrapperName);
    if (matcher.matches()) {
      byIndex.computeIfPresent(
          matcher.group(2), (_, one) -> new Wrapper(one.name, one.from, current));
    }
  }

  /** A stack frame as if its class had been compiled from the cell that declared it last. */
  StackTraceElement moved(StackTraceElement frame) {
    return wrapper(frame.getClassName())
        .filter(one -> one.now != one.from)
        .map(one ->
            new StackTraceElement(
                frame.getClassLoaderName(),
                frame.getModuleName(),
                frame.getModuleVersion(),
                frame.getClassName(),
                frame.getMethodName(),
                one.now.cell().label(),
                moved(frame.getLineNumber(), firstLine(one.now) - firstLine(one.from))))
        .orElse(frame);
  }

  private static int moved(int line, int by) {
    return line > 0 ? line + by : line;
  }

  /** The line of the piece that a wrapper class was compiled from; 0 if it has several. */
  int onlyLine(String wrapperName) {
    return wrapper(wrapperName)
        .map(Wrapper::from)
        .filter(origin -> firstLine(origin) == line(origin.cell().code(), origin.piece().end()))
        .map(Sources::firstLine)
        .orElse(0);
  }

  private static int firstLine(Origin origin) {
    return line(origin.cell().code(), origin.piece().start());
  }

  /** Whether the piece that is being evaluated declares what a wrapper class holds. */
  private boolean isDeclaredHere(ClassModel wrapper) {
    var tokens = new Lexer(Statements.source(current.cell().code(), current.piece())).tokens();
    if (current.piece().kind() == Kind.DECLARATION) {
      var declared = current.piece().name();
      return wrapper.methods().stream().anyMatch(m -> m.methodName().equalsString(declared))
          || wrapper
              .findAttribute(Attributes.innerClasses())
              .map(InnerClassesAttribute::classes)
              .orElse(List.of())
              .stream()
              .anyMatch(inner ->
                  inner.innerName().filter(name -> name.equalsString(declared)).isPresent());
    }
    return staticFields(wrapper).stream()
        .anyMatch(name -> tokens.stream().anyMatch(token -> token.text().equals(name)));
  }

  private static List<String> staticFields(ClassModel wrapper) {
    return wrapper.fields().stream()
        .filter(field -> field.flags().has(AccessFlag.STATIC))
        .map(field -> field.fieldName().stringValue())
        .toList();
  }

  private static IntUnaryOperator lines(ClassModel wrapper, Origin origin) {
    var code = origin.cell().code();
    var piece = origin.piece();
    boolean runs =
        wrapper.methods().stream().anyMatch(m -> m.methodName().equalsString(RUN_METHOD));
    var fields = staticFields(wrapper);
    int compiledFirst;
    int cellFirst = line(code, piece.start());
    if (!runs) {
      compiledFirst = FIRST_OF_DECLARATION;
    } else if (fields.isEmpty()) {
      compiledFirst = FIRST_OF_STATEMENT;
    } else if (TEMPORARY.matcher(fields.getFirst()).matches()) {
      compiledFirst = FIRST_OF_EXPRESSION;
    } else {
      compiledFirst = FIRST_OF_INITIALIZER;
      cellFirst = line(code, initializer(code, piece, fields.getFirst()));
    }
    int first = cellFirst;
    int last = line(code, piece.end());
    return compiled ->
        compiled < compiledFirst ? 0 : Math.min(compiled - compiledFirst + first, last);
  }

  /** Where the initializer of a variable starts; where the piece starts if it has none. */
  private static int initializer(String code, Piece piece, String name) {
    var tokens = new Lexer(Statements.source(code, piece)).tokens();
    for (int at = 0; at + 2 < tokens.size(); at++) {
      if (tokens.get(at).text().equals(name) && tokens.get(at + 1).text().equals("=")) {
        return piece.start() + tokens.get(at + 2).start();
      }
    }
    return piece.start();
  }

  /** The line, from 1, on which an offset lies. */
  static int line(String text, int offset) {
    int line = 1;
    for (int at = 0; at < Math.min(offset, text.length()); at++) {
      if (text.charAt(at) == '\n') {
        line++;
      }
    }
    return line;
  }
}
