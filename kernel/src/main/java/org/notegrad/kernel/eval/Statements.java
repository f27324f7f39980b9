package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits a cell into its top-level declarations and statements, by Java's lexical structure. */
final class Statements {

  /**
   * One declaration or statement.
   *
   * @param start where it starts in the cell
   * @param end one past its last character, semicolon or brace included
   * @param kind what it is, as far as its tokens tell
   * @param name what a {@link Kind#DECLARATION} declares; else empty
   */
  record Piece(int start, int end, Kind kind, String name) {}

  /** What a piece is. */
  enum Kind {
    /** A class, interface, enum, record, annotation or method. */
    DECLARATION,
    /** Certainly a statement: it declares nothing at the top level. */
    STATEMENT,
    /** An import, a variable, an expression. */
    OTHER
  }

  private static final Set<String> CONTROL =
      Set.of("if", "for", "while", "do", "try", "switch", "synchronized", "throw", "assert", "{");
  private static final Set<String> MODIFIERS =
      Set.of(
          "public",
          "protected",
          "private",
          "static",
          "final",
          "abstract",
          "strictfp",
          "sealed",
          "default",
          "native",
          "transient",
          "volatile",
          "synchronized",
          "non",
          "-");
  private static final Set<String> TYPES = Set.of("class", "interface", "enum", "record");
  private static final Set<String> CONTINUED = Set.of("else", "catch", "finally");

  private final String code;
  private final List<Token> tokens;
  private int at;
  private String declared = "";

  private Statements(String code) {
    this.code = code;
    this.tokens = new Lexer(code).tokens();
  }

  static List<Piece> split(String code) {
    return new Statements(code).pieces();
  }

  /** Where the piece starts that the cursor is in or right after. */
  static int startOfPieceAt(String code, int cursor) {
    int start = 0;
    for (var piece : split(code.substring(0, cursor))) {
      start = piece.start();
    }
    return start;
  }

  private List<Piece> pieces() {
    var pieces = new ArrayList<Piece>();
    while (at < tokens.size()) {
      if (text(at).equals(";")) {
        at++;
        continue;
      }
      int first = at;
      declared = "";
      var kind = next();
      pieces.add(new Piece(tokens.get(first).start(), tokens.get(at - 1).end(), kind, declared));
    }
    return pieces;
  }

  private String text(int index) {
    return index < tokens.size() ? tokens.get(index).text() : "";
  }

  /** Moves past one piece. */
  private Kind next() {
    int first = at;
    if (isDeclaration(first)) {
      skipToBodyEnd();
      return Kind.DECLARATION;
    }
    skipLabels();
    if (CONTROL.contains(text(at))) {
      skipStatement();
      return Kind.STATEMENT;
    }
    skipToSemicolon();
    boolean ended = text(at - 1).equals(";");
    return ended && isExpressionStatement(first) ? Kind.STATEMENT : Kind.OTHER;
  }

  private void skipLabels() {
    while (isIdentifier(at) && text(at + 1).equals(":")) {
      at += 2;
    }
  }

  /** Whether a type or a method with a body is declared here. */
  private boolean isDeclaration(int from) {
    int here = skipModifiers(from);
    var word = text(here);
    if (word.equals("@") && text(here + 1).equals("interface")) {
      declared = text(here + 2);
      return true;
    }
    if (isType(here)) {
      declared = text(here + 1);
      return true;
    }
    if (CONTROL.contains(word)) {
      return false;
    }
    // A method: parameters, then the body, and no sign of an expression before.
    boolean parameters = false;
    for (; here < tokens.size(); here++) {
      switch (text(here)) {
        case "(" -> {
          declared = parameters || here == 0 ? declared : text(here - 1);
          here = matching(here);
          parameters = true;
        }
        case "[" -> here = matching(here);
        case "{" -> {
          return parameters;
        }
        case ";", "=", "->", "new", "}", ")", "]", "switch", "return", "throw", "::" -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  private boolean isType(int here) {
    var next = text(here + 2);
    return TYPES.contains(text(here))
        && isIdentifier(here + 1)
        && (!text(here).equals("record") || next.equals("(") || next.equals("<"));
  }

  private int skipModifiers(int from) {
    int here = from;
    while (here < tokens.size()) {
      if (text(here).equals("@") && !text(here + 1).equals("interface")) {
        here += 2;
        while (text(here).equals(".")) {
          here += 2;
        }
        if (text(here).equals("(")) {
          here = matching(here) + 1;
        }
      } else if (MODIFIERS.contains(text(here)) && !text(here + 1).equals("(")) {
        here++;
      } else {
        return here;
      }
    }
    return here;
  }

  private void skipToBodyEnd() {
    while (at < tokens.size() && !text(at).equals("{") && !text(at).equals(";")) {
      at = text(at).equals("(") || text(at).equals("[") ? matching(at) + 1 : at + 1;
    }
    at = Math.min(text(at).equals("{") ? matching(at) + 1 : at + 1, tokens.size());
  }

  /** Moves past a semicolon outside brackets, or to the end. */
  private void skipToSemicolon() {
    while (at < tokens.size()) {
      var text = text(at);
      if (text.equals(";")) {
        at++;
        return;
      }
      at = isOpening(text) ? Math.min(matching(at) + 1, tokens.size()) : at + 1;
    }
  }

  /** Moves past one statement, with all that belongs to it. */
  private void skipStatement() {
    skipLabels();
    switch (text(at)) {
      case "{" -> at = Math.min(matching(at) + 1, tokens.size());
      case "if", "for", "while" -> {
        at++;
        skipParentheses();
        skipStatement();
        skipContinuations();
      }
      case "synchronized", "switch" -> {
        at++;
        skipParentheses();
        if (text(at).equals("{")) {
          skipStatement();
        }
      }
      case "do" -> {
        at++;
        skipStatement();
        skipToSemicolon();
      }
      case "try" -> {
        at++;
        skipParentheses();
        skipStatement();
        skipContinuations();
      }
      default -> skipToSemicolon();
    }
  }

  private void skipParentheses() {
    if (text(at).equals("(")) {
      at = Math.min(matching(at) + 1, tokens.size());
    }
  }

  private void skipContinuations() {
    while (CONTINUED.contains(text(at))) {
      at++;
      skipParentheses();
      skipStatement();
    }
  }

  /** {@code a.b(...)...;} or {@code a = ...;} or {@code a += ...;} but not {@code A b = ...;}. */
  private boolean isExpressionStatement(int first) {
    int here = first;
    if (text(here).equals("new") || text(here).equals("++") || text(here).equals("--")) {
      return true;
    }
    if (!isIdentifier(here)) {
      return false;
    }
    here++;
    while (text(here).equals(".") && isIdentifier(here + 1)) {
      here += 2;
    }
    var operator = text(here);
    return operator.equals("(")
        || operator.equals("++")
        || operator.equals("--")
        || isAssignment(operator);
  }

  private static boolean isAssignment(String operator) {
    return operator.endsWith("=")
        && !operator.equals("==")
        && !operator.equals("<=")
        && !operator.equals(">=")
        && !operator.equals("!=");
  }

  private boolean isIdentifier(int index) {
    return index < tokens.size()
        && Character.isJavaIdentifierStart(tokens.get(index).text().codePointAt(0))
        && !MODIFIERS.contains(text(index))
        && !text(index).equals("return");
  }

  private static boolean isOpening(String text) {
    return text.equals("(") || text.equals("[") || text.equals("{");
  }

  /** The index of the bracket that closes the one at {@code open}, or of the last token. */
  private int matching(int open) {
    int depth = 0;
    for (int here = open; here < tokens.size(); here++) {
      switch (text(here)) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return here;
      }
    }
    return tokens.size() - 1;
  }

  /** Whether a declaration has {@code final} among its modifiers. */
  static boolean isFinalDeclaration(String source) {
    var statements = new Statements(source);
    int end = statements.skipModifiers(0);
    return statements.tokens.subList(0, end).stream().anyMatch(t -> t.text().equals("final"));
  }

  /** The index of the bracket that is closed by the one at {@code close}, or 0. */
  static int opening(List<Token> tokens, int close) {
    int depth = 0;
    for (int here = close; here > 0; here--) {
      switch (tokens.get(here).text()) {
        case ")", "]", "}" -> depth++;
        case "(", "[", "{" -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return here;
      }
    }
    return 0;
  }

  /** The source of a piece. */
  static String source(String code, Piece piece) {
    return code.substring(piece.start(), piece.end());
  }
}
