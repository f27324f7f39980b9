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

  private static int size(String piece) {
    return piece.getBytes(StandardCharsets.UTF_8).length;
  }

  private void append(String piece) {
    html.append(piece);
    bytes += size(piece);
  }

  /** Adds a whole piece, or, where it finds no room, says what is left out. */
  Page add(String what, String piece) {
    if (fits(piece)) {
      append(piece);
    } else {
      append(Html.NOTE.formatted(Html.escape(what) + " left out: too large to show"));
    }
    return this;
  }

  private boolean fits(String piece) {
    return bytes + size(piece) <= View.MAX_BYTES - RESERVE;
  }

  String close(String closing) {
    append(closing);
    return html.toString();
  }
}
