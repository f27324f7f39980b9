package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Java's tokens, comments left out. Never fails: what is not closed ends with the source. */
final class Lexer {

  private static final List<String> OPERATORS =
      List.of(
          ">>>=", "<<=", ">>=", "->", "::", "++", "--", "&&", "||", "==", "!=", "<=", ">=", "+=",
          "-=", "*=", "/=", "&=", "|=", "^=", "%=", "...");

  private final String code;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private OptionalInt unclosedComment = OptionalInt.empty();

  Lexer(String code) {
    this.code = code;
    while (at < code.length()) {
      step();
    }
  }

  List<Token> tokens() {
    return tokens;
  }

  /** Where a comment starts that the source does not close. */
  OptionalInt unclosedComment() {
    return unclosedComment;
  }

  private void step() {
    char c = code.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (code.startsWith("//", at)) {
      int end = code.indexOf('\n', at);
      at = end < 0 ? code.length() : end;
    } else if (code.startsWith("/*", at)) {
      comment();
    } else {
      int start = at;
      token(c);
      tokens.add(new Token(start, at, code.substring(start, at)));
    }
  }

  private void token(char c) {
    if (code.startsWith("\"\"\"", at)) {
      textBlock();
    } else if (c == '"' || c == '\'') {
      quoted(c);
    } else if (Character.isJavaIdentifierPart(code.codePointAt(at))) {
      word();
    } else {
      at += operatorLength();
    }
  }

  private void word() {
    boolean number = Character.isDigit(code.charAt(at));
    while (at < code.length()) {
      int c = code.codePointAt(at);
      boolean point = number && c == '.' && at + 1 < code.length();
      if (!Character.isJavaIdentifierPart(c) && !point) {
        return;
      }
      at += Character.charCount(c);
    }
  }

  private int operatorLength() {
    for (var operator : OPERATORS) {
      if (code.startsWith(operator, at)) {
        return operator.length();
      }
    }
    return Character.charCount(code.codePointAt(at));
  }

  private void quoted(char quote) {
    at++;
    while (at < code.length() && code.charAt(at) != '\n') {
      char c = code.charAt(at);
      at += c == '\\' && at + 1 < code.length() ? 2 : 1;
      if (c == quote) {
        return;
      }
    }
  }

  private void textBlock() {
    at += 3;
    while (at < code.length()) {
      if (code.startsWith("\"\"\"", at)) {
        at += 3;
        return;
      }
      at = Math.min(code.length(), at + (code.charAt(at) == '\\' ? 2 : 1));
    }
  }

  private void comment() {
    int end = code.indexOf("*/", at + 2);
    if (end < 0) {
      unclosedComment = OptionalInt.of(at);
    }
    at = end < 0 ? code.length() : end + 2;
  }
}
