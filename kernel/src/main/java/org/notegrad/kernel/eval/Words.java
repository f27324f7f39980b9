package org.notegrad.kernel.eval;

import java.util.LinkedHashSet;
import java.util.Set;

/** The words of a source: its identifiers and keywords. */
final class Words {

  private Words() {}

  /** All words. */
  static Set<String> of(String code) {
    var words = new LinkedHashSet<String>();
    for (var token : new Lexer(code).tokens()) {
      if (isWord(token)) {
        words.add(token.text());
      }
    }
    return words;
  }

  /** The words that stand on their own, without those after a dot. */
  static Set<String> unqualified(String code) {
    var words = new LinkedHashSet<String>();
    var before = "";
    for (var token : new Lexer(code).tokens()) {
      if (isWord(token) && !before.equals(".")) {
        words.add(token.text());
      }
      before = token.text();
    }
    return words;
  }

  private static boolean isWord(Token token) {
    return Character.isJavaIdentifierStart(token.text().codePointAt(0));
  }
}
