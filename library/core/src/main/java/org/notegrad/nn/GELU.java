package org.notegrad.nn;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/**
 * {@code x Phi(x)}, Phi the normal distribution (Hendrycks and Gimpel, 2016), in its approximation
 * by tanh, which is off by 5e-4 at most: {@code x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}.
 * PyTorch's {@code GELU(approximate="tanh")}.
 */
public final class GELU extends Layer {
  private static final double SQRT_2_OVER_PI = 0.7978845608028654;

  private static final Fused FUNCTION =
      Fused.of(
          "gelu",
          x -> {
            Tensor inner = x.square().mul(0.044715).add(1.0).mul(x).mul(SQRT_2_OVER_PI);
            return x.mul(inner.tanh().add(1.0)).mul(0.5);
          });

  /** The function itself. */
  public static Tensor gelu(Tensor x) {
    return FUNCTION.apply(x);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return gelu(x);
  }
}
