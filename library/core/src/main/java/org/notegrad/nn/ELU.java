package org.notegrad.nn;

import static org.notegrad.Functional.where;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/** {@code x} where it is above 0, {@code alpha (e^x - 1)} elsewhere (Clevert and others, 2015). */
public final class ELU extends Layer {
  /** The exponential sees nothing above 0, where it could overflow; 0 itself is below. */
  private static final Fused FUNCTION =
      Fused.of(
          "elu",
          1,
          1,
          (in, alpha) -> {
            Tensor above = in[0].gt(0.0);
            Tensor below = where(above, Tensor.zerosLike(in[0]), in[0]);
            return where(above, in[0], below.expm1().mul(alpha[0]));
          });

  private final double alpha;

  /** With an alpha of 1. */
  public ELU() {
    this(1);
  }

  /** With {@code -alpha} as its lowest value. */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  /** The function itself. */
  public static Tensor elu(Tensor x, double alpha) {
    return FUNCTION.with(alpha).apply(x);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return elu(x, alpha);
  }
}
