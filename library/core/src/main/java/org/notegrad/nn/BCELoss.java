package org.notegrad.nn;

import static org.notegrad.Functional.where;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/**
 * Binary cross entropy of probabilities: the mean of {@code -t log(p) - (1 - t) log(1 - p)}. As in
 * PyTorch a logarithm is -100 at least, so that a sure mistake costs 100 and not infinity; but
 * there its gradient is 0. Logits are better given to {@link BCEWithLogitsLoss} as they are. {@code
 * forward(probabilities, targets)}, of one shape, gives a scalar.
 */
public final class BCELoss extends Loss {
  /** {@code e^-100}. */
  private static final double LEAST = 3.720075976020836e-44;

  private static final Fused LOSS =
      Fused.of(
          "binaryCrossEntropy",
          (p, t) -> {
            Tensor yes = t.mul(logarithm(p));
            Tensor no = t.neg().add(1.0).mul(logarithm(p.neg().add(1.0)));
            return yes.add(no).neg();
          });

  private static Tensor logarithm(Tensor p) {
    Tensor least = Tensor.zerosLike(p).sub(100.0);
    return where(p.le(LEAST), least, p.clamp(LEAST, 1.0).log());
  }

  @Override
  protected Tensor compute(Tensor prediction, Tensor target) {
    requireAlike(prediction, target);
    return LOSS.apply(prediction, target).mean();
  }
}
