package org.notegrad.kernel.eval;

/** Whether code is ready to be run when Enter is pressed at its end. */
public sealed interface Completeness {

  /** It can be run. */
  record Complete() implements Completeness {}

  /**
   * More must follow.
   *
   * @param indent spaces that the next line starts with
   */
  record Incomplete(String indent) implements Completeness {}

  /** No continuation makes it right. */
  record Invalid() implements Completeness {}
}
