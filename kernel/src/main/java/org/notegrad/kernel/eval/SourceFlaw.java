package org.notegrad.kernel.eval;

import java.util.List;
import java.util.Optional;

/**
 * What makes a source unfit for the compiler as a whole.
 *
 * @param start where it starts
 * @param end one past its last character
 */
record SourceFlaw(int start, int end, String message) {

  // javac overflows its stack at some 1,200 open brackets, and asks the person to file a bug.
  private static final int MOST_NESTED = 500;

  /** The flaw of a source, if it has one. */
  static Optional<SourceFlaw> in(String source) {
    var lexer = new Lexer(source);
    var comment = lexer.unclosedComment();
    if (comment.isPresent()) {
      int at = comment.getAsInt();
      return Optional.of(new SourceFlaw(at, at + 2, "unclosed comment: it needs a */"));
    }
    return nestedTooDeep(lexer.tokens());
  }

  private static Optional<SourceFlaw> nestedTooDeep(List<Token> tokens) {
    int depth = 0;
    for (var token : tokens) {
      switch (token.text()) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        default -> {}
      }
      if (depth > MOST_NESTED) {
        return Optional.of(
            new SourceFlaw(token.start(), token.end(), "nested too deep: split it up"));
      }
    }
    return Optional.empty();
  }
}
