package org.notegrad.viz;

import java.nio.charset.StandardCharsets;

/** HTML that stays within {@link View#MAX_BYTES}: pieces that find no room are named instead. */
final class Page {
  /** Kept free for the closing tags and the names of what found no room. */
  private static final int RESERVE = 1024;

  private final StringBuilder html = new StringBuilder();
  private int bytes;

  Page(String opening) {
    append(opening);
  }

  static int size(String piece) {
    return piece.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Adds what must not be left out, such as the end of an element; see {@link #hasRoom}. */
  void append(String piece) {
    html.append(piece);
    bytes += size(piece);
  }

  /** Adds a whole piece, or, where it finds no room, says what is left out. */
  Page add(String what, String piece) {
    if (hasRoom(size(piece))) {
      append(piece);
    } else {
      append(Html.NOTE.formatted(Html.escape(what) + " left out: too large to show"));
    }
    return this;
  }

  boolean hasRoom(int more) {
    return bytes + more <= View.MAX_BYTES - RESERVE;
  }

  String close(String closing) {
    append(closing);
    return html.toString();
  }
}
