package org.notegrad.nn;

import org.notegrad.Tensor;

/** {@code 1 / (1 + exp(-x))}, element by element. */
public final class Sigmoid extends Layer {
  @Override
  protected Tensor compute(Tensor x) {
    return x.sigmoid();
  }
}
