package org.notegrad.nn;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/**
 * Binary cross entropy of logits: the mean of {@code log(1 + e^x) - x t}, which is {@code -t log(p)
 * - (1 - t) log(1 - p)} of {@code p = sigmoid(x)} without its overflow. {@code forward(logits,
 * targets)}, of one shape, gives a scalar; targets are probabilities.
 */
public final class BCEWithLogitsLoss extends Loss {
  private static final Fused LOSS =
      Fused.of("binaryCrossEntropyWithLogits", (x, t) -> x.softplus().sub(x.mul(t)));

  @Override
  protected Tensor compute(Tensor prediction, Tensor target) {
    requireAlike(prediction, target);
    return LOSS.apply(prediction, target).mean();
  }
}
