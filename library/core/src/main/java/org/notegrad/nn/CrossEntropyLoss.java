package org.notegrad.nn;

import org.notegrad.Functional;
import org.notegrad.Tensor;

/**
 * {@code forward(logits, target)}: {@code (n, classes)} and class indices {@code (n,)} give a
 * scalar.
 */
public final class CrossEntropyLoss extends Loss {
  @Override
  protected Tensor compute(Tensor logits, Tensor target) {
    return Functional.crossEntropy(logits, target);
  }
}
