package org.notegrad.nn;

import org.notegrad.Tensor;

/** {@code max(x, 0)}, element by element. */
public final class ReLU extends Layer {
  @Override
  protected Tensor compute(Tensor x) {
    return x.relu();
  }
}
