package org.notegrad.kernel.eval;

import java.util.List;

/**
 * Candidates that may replace {@code code[start, end)}; offsets are in UTF-16 units.
 *
 * @param start where the replaced text starts
 * @param end where the replaced text ends
 * @param candidates best first
 */
public record Completion(int start, int end, List<Candidate> candidates) {

  /**
   * One candidate.
   *
   * @param text what is inserted
   * @param kind Jupyter's name for its icon
   * @param signature parameters and type, such as {@code substring(int beginIndex): String}; empty
   *     if unknown
   */
  public record Candidate(String text, Kind kind, String signature) {}

  /** What a candidate is, as JupyterLab's icons name it. */
  public enum Kind {
    CLASS,
    FUNCTION,
    INSTANCE,
    FIELD,
    MODULE,
    KEYWORD;

    /** The value of {@code _jupyter_types_experimental}'s {@code type}. */
    public String jupyterName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
