package org.notegrad.kernel.eval;

import java.util.ArrayDeque;
import java.util.List;

/** What a snippet is, as far as its tokens tell. */
sealed interface Form {

  /** An import declaration. */
  record ImportDeclaration() implements Form {}

  /** A statement, or several. */
  record Statement() implements Form {}

  /** An expression without a semicolon, perhaps of no value. */
  record Expression() implements Form {}

  /**
   * One variable with an initializer.
   *
   * @param type as it stands; {@code var} too
   * @param initializer where the initializer starts
   * @param isFinal whether it is {@code final}
   */
  record Variable(String type, String name, int initializer, boolean isFinal) implements Form {}

  /** Anything else: methods, types, several variables at once, what is not Java. */
  record Other() implements Form {}

  static Form of(String source) {
    var pieces = Statements.split(source);
    var tokens = new Lexer(source).tokens();
    if (pieces.size() != 1 || !isBalanced(tokens)) {
      return new Other();
    }
    return switch (pieces.getFirst().kind()) {
      case DECLARATION -> new Other();
      case STATEMENT -> new Statement();
      case OTHER ->
          tokens.getFirst().text().equals("import")
              ? new ImportDeclaration()
              : variableOr(source, tokens);
    };
  }

  private static Form variableOr(String source, List<Token> tokens) {
    if (tokens.stream().anyMatch(token -> token.text().equals("@"))) {
      return new Other(); // an annotation may hide a declaration
    }
    boolean isFinal = tokens.getFirst().text().equals("final");
    int first = isFinal ? 1 : 0;
    int name = endOfType(tokens, first);
    if (name > first && isWord(tokens, name)) {
      return variable(source, tokens, first, name);
    }
    if (isFinal) {
      return new Other();
    }
    return source.endsWith(";") ? new Statement() : new Expression();
  }

  private static Form variable(String source, List<Token> tokens, int first, int name) {
    int initializer = name + 2;
    if (!is(tokens, name + 1, "=") || initializer >= tokens.size()) {
      return new Other();
    }
    if (tokens.get(name).text().equals("_")) {
      return new Statement();
    }
    if (is(tokens, initializer, "{") && !isLast(tokens, closing(tokens, initializer))) {
      return new Other(); // several arrays
    }
    var type = source.substring(tokens.get(first).start(), tokens.get(name).start()).strip();
    return new Variable(type, tokens.get(name).text(), tokens.get(initializer).start(), first > 0);
  }

  /** One past a type; {@code from} if there is none. */
  private static int endOfType(List<Token> tokens, int from) {
    int at = from;
    do {
      if (at > from) {
        at++;
      }
      if (!isWord(tokens, at)) {
        return from;
      }
      at++;
      if (is(tokens, at, "<")) {
        at = endOfTypeArguments(tokens, at);
      }
    } while (is(tokens, at, "."));
    while (is(tokens, at, "[") && is(tokens, at + 1, "]")) {
      at += 2;
    }
    return at;
  }

  private static int endOfTypeArguments(List<Token> tokens, int open) {
    int depth = 0;
    for (int at = open; at < tokens.size(); at++) {
      switch (tokens.get(at).text()) {
        case "<" -> depth++;
        case ">" -> depth--;
        case ",", ".", "?", "[", "]" -> {}
        default -> {
          if (!isWord(tokens, at)) {
            return open;
          }
        }
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    return open;
  }

  private static boolean is(List<Token> tokens, int at, String text) {
    return at < tokens.size() && tokens.get(at).text().equals(text);
  }

  private static boolean isWord(List<Token> tokens, int at) {
    return at < tokens.size()
        && Character.isJavaIdentifierStart(tokens.get(at).text().codePointAt(0))
        && !tokens.get(at).text().equals("instanceof")
        && !tokens.get(at).text().equals("new");
  }

  private static int closing(List<Token> tokens, int open) {
    int depth = 0;
    for (int at = open; at < tokens.size(); at++) {
      depth += is(tokens, at, "{") ? 1 : is(tokens, at, "}") ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return tokens.size();
  }

  private static boolean isLast(List<Token> tokens, int at) {
    return at == tokens.size() - 1 || at == tokens.size() - 2 && is(tokens, at + 1, ";");
  }

  /** Whether every bracket has its partner, so that code around a snippet stays outside of it. */
  private static boolean isBalanced(List<Token> tokens) {
    var open = new ArrayDeque<String>();
    for (var token : tokens) {
      switch (token.text()) {
        case "(" -> open.push(")");
        case "[" -> open.push("]");
        case "{" -> open.push("}");
        case ")", "]", "}" -> {
          if (open.isEmpty() || !open.pop().equals(token.text())) {
            return false;
          }
        }
        default -> {}
      }
    }
    return open.isEmpty();
  }
}
