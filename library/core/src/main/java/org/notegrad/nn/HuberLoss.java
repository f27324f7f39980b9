package org.notegrad.nn;

import org.notegrad.Fused;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * The mean of {@code d^2 / 2} where a difference d is below delta in size, and of {@code delta (|d|
 * - delta / 2)} elsewhere (Huber, 1964): an error far off counts in proportion, not squared. {@code
 * forward(prediction, target)}, of one shape, gives a scalar.
 */
public final class HuberLoss extends Loss {
  /** {@code q^2 / 2 + delta (|d| - q)}, {@code q = min(|d|, delta)}: nothing overflows unseen. */
  private static final Fused LOSS =
      Fused.of(
          "huber",
          2,
          1,
          (in, delta) -> {
            Tensor size = in[0].sub(in[1]).abs();
            Tensor near = size.minimum(delta[0]);
            return near.square().mul(0.5).add(size.sub(near).mul(delta[0]));
          });

  private final double delta;

  /** With a delta of 1. */
  public HuberLoss() {
    this(1);
  }

  /**
   * With this delta.
   *
   * @param delta above 0
   * @throws NotegradException if it is not
   */
  public HuberLoss(double delta) {
    if (!(delta > 0)) {
      throw new NotegradException("HuberLoss", "delta %s is not above 0", delta);
    }
    this.delta = delta;
  }

  @Override
  protected Tensor compute(Tensor prediction, Tensor target) {
    requireAlike(prediction, target);
    return LOSS.with(delta).apply(prediction, target).mean();
  }
}
