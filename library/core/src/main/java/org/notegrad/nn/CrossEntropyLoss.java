package org.notegrad.nn;

import java.util.List;
import org.notegrad.Functional;
import org.notegrad.Tensor;

/**
 * {@code forward(logits, target)}: {@code (n, classes)} and class indices {@code (n,)} give a
 * scalar.
 */
public final class CrossEntropyLoss extends Module {
  @Override
  protected Tensor compute(List<Tensor> inputs) {
    Losses.requireTwo(name(), inputs);
    return Functional.crossEntropy(inputs.get(0), inputs.get(1));
  }
}
