package org.notegrad.kernel.eval;

/**
 * Code of a cell inside code that is not the cell's.
 *
 * @param start where it starts in the cell
 * @param end one past its last character
 * @param before code before it, in one line
 * @param after code after it
 */
public record Excerpt(int start, int end, String before, String after) {
  public Excerpt {
    if (before.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the code before an excerpt must be one line: " + before);
    }
  }
}
