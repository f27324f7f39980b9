package org.notegrad.buildtools.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A piece of Java; all pieces together are the text. */
record Token(Kind kind, String text) {
  enum Kind {
    COMMENT,
    STRING,
    NUMBER,
    WORD,
    /** One character of white space or punctuation. */
    OTHER
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<COMMENT> //[^\\n]* | /\\*[\\s\\S]*?\\*/ )
          | (?<STRING> "{3}(?:\\\\.|[^\\\\])*?"{3} | "(?:\\\\.|[^"\\\\])*" | '(?:\\\\.|[^'\\\\])*' )
          | (?<NUMBER>
              0[xX][\\da-fA-F_]*\\.?[\\da-fA-F_]*[pP][+-]?\\d+[fFdD]?
              | 0[xX][\\da-fA-F_]+[lL]?
              | 0[bB][01_]+[lL]?
              | (?:\\d[\\d_]*(?:\\.[\\d_]*)?|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?[fFdDlL]? )
          | (?<WORD> [\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]* )
          | (?<OTHER> [\\s\\S] )
          """,
          Pattern.COMMENTS);

  static List<Token> of(String source) {
    var tokens = new ArrayList<Token>();
    var matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      for (Kind kind : Kind.values()) {
        if (matcher.group(kind.name()) != null) {
          tokens.add(new Token(kind, matcher.group()));
        }
      }
    }
    return tokens;
  }
}
