package org.notegrad.data;

import org.notegrad.Tensor;

/**
 * Some examples together.
 *
 * @param x the inputs, {@code (n, ...)}
 * @param y the targets, {@code (n, ...)}
 */
public record Batch(Tensor x, Tensor y) {
  /** The number of examples. */
  public int size() {
    return x.size(0);
  }
}
