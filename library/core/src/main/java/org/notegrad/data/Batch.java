package org.notegrad.data;

import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * Some examples together.
 *
 * @param x the inputs, {@code (n, ...)}
 * @param y the targets, {@code (n, ...)}
 */
public record Batch(Tensor x, Tensor y) {
  /**
   * Takes both as they are.
   *
   * @throws NotegradException if one is null
   */
  public Batch {
    if (x == null || y == null) {
      throw new NotegradException("Batch", "the %s are null", x == null ? "inputs" : "targets");
    }
  }

  /** The number of examples. */
  public int size() {
    return x.size(0);
  }
}
