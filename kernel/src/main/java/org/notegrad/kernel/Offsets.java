package org.notegrad.kernel;

/** Positions in a text: Jupyter counts code points, Java counts UTF-16 units. */
final class Offsets {
  private Offsets() {}

  /** The UTF-16 position of a position in code points; one past the end counts as the end. */
  static int toUtf16(String text, int codePoints) {
    int last = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.clamp(codePoints, 0, last));
  }

  /** The position in code points of a UTF-16 position. */
  static int toCodePoints(String text, int utf16) {
    return text.codePointCount(0, Math.clamp(utf16, 0, text.length()));
  }
}
