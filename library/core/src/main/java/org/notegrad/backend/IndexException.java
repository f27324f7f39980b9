package org.notegrad.backend;

import org.notegrad.NotegradException;

/** An index that a backend met and that lies outside its dimension; operations add their name. */
public final class IndexException extends NotegradException {
  private final long index;
  private final int size;

  /** {@code index} is not in [0, size). */
  public IndexException(long index, int size) {
    super("index", "%d is not in [0, %d)", index, size);
    this.index = index;
    this.size = size;
  }

  /** The same under the name of the operation that was asked for. */
  public NotegradException in(String operation) {
    return new NotegradException(operation, "index %d is not in [0, %d)", index, size);
  }
}
