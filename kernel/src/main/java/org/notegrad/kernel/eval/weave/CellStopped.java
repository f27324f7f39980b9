package org.notegrad.kernel.eval.weave;

/**
 * Thrown in the threads of an interrupted cell. An {@link Error}, so that {@code catch (Exception
 * e)} lets it pass; handlers of wider types are woven to throw it on.
 */
public final class CellStopped extends Error {

  public CellStopped() {
    super("the cell was interrupted");
  }
}
