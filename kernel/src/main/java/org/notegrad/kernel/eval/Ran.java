package org.notegrad.kernel.eval;

/**
 * What became of a body that ran under a cell's rules.
 *
 * @param <T> what the body returns
 */
public sealed interface Ran<T> {

  /** The body returned. */
  record Returned<T>(T value) implements Ran<T> {}

  /** The body threw, was interrupted or was abandoned: the result to report. */
  record Ended<T>(CellResult result) implements Ran<T> {}
}
