package org.notegrad.kernel.eval;

import java.util.stream.Collectors;

/**
 * An import declaration.
 *
 * @param isStatic whether it imports members of a class
 * @param isModule whether it imports all of a module
 * @param from the package or class that it imports from; the module's name
 * @param name what it imports; {@code *} for all
 */
record Import(boolean isStatic, boolean isModule, String from, String name) {

  static final String ALL = "*";

  /** Reads a declaration that a compiler has accepted. */
  static Import parse(String declaration) {
    var words = new Lexer(declaration).tokens().stream().map(Token::text).toList();
    boolean isStatic = words.get(1).equals("static");
    boolean isModule = words.get(1).equals("module") && !words.get(2).equals(".");
    var full =
        words.stream()
            .skip(isStatic || isModule ? 2 : 1)
            .filter(word -> !word.equals(";"))
            .collect(Collectors.joining());
    int dot = isModule ? -1 : full.lastIndexOf('.');
    return dot < 0
        ? new Import(isStatic, isModule, full, ALL)
        : new Import(isStatic, isModule, full.substring(0, dot), full.substring(dot + 1));
  }

  boolean isOnDemand() {
    return name.equals(ALL);
  }

  /** Whether this import takes the place of another: one simple name has one meaning. */
  boolean replaces(Import other) {
    return equals(other)
        || !isOnDemand() && !isStatic && !other.isStatic && name.equals(other.name);
  }

  String source() {
    return isModule
        ? "import module " + from + ";"
        : (isStatic ? "import static " : "import ") + from + "." + name + ";";
  }
}
