package org.notegrad.kernel.eval;

import java.util.Optional;

/**
 * What makes a source unfit for the compiler as a whole.
 *
 * @param start where it starts
 * @param end one past its last character
 */
record SourceFlaw(int start, int end, String message) {

  /** The flaw of a source, if it has one. */
  static Optional<SourceFlaw> in(String source) {
    var comment = new Lexer(source).unclosedComment();
    if (comment.isEmpty()) {
      return Optional.empty();
    }
    int at = comment.getAsInt();
    return Optional.of(new SourceFlaw(at, at + 2, "unclosed comment: it needs a */"));
  }
}
