package org.notegrad.kernel.eval.weave;

/**
 * Thrown in the threads of an interrupted cell. An {@link Error}, so that {@code catch (Exception
 * e)} lets it pass; handlers of wider types are woven to throw it on.
 */
public final class CellStopped extends Error {

  private static final String MESSAGE = "the cell was interrupted";

  // For when the heap has no room for one that knows its place.
  private static final CellStopped ANYWHERE = new CellStopped(false);

  public CellStopped() {
    this(true);
  }

  private CellStopped(boolean knowsPlace) {
    super(MESSAGE, null, false, knowsPlace);
  }

  /** Throws one, also when no memory is left. */
  public static void stop() {
    CellStopped stopped;
    try {
      stopped = new CellStopped();
    } catch (OutOfMemoryError e) {
      stopped = ANYWHERE;
    }
    throw stopped;
  }
}
