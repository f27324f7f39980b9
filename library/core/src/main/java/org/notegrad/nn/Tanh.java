package org.notegrad.nn;

import org.notegrad.Tensor;

/** {@code tanh(x)}, element by element. */
public final class Tanh extends Layer {
  @Override
  protected Tensor compute(Tensor x) {
    return x.tanh();
  }
}
