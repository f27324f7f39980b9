package org.notegrad.nn;

import static org.notegrad.Functional.where;

import org.notegrad.DType;
import org.notegrad.Fused;
import org.notegrad.Generator;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Distribution;

/**
 * While training, sets each element to 0 with probability p and multiplies the others by {@code 1 /
 * (1 - p)} (Srivastava and others, 2014); while evaluating, nothing.
 */
public final class Dropout extends Layer {
  private static final Fused FUNCTION =
      Fused.of(
          "dropout",
          2,
          1,
          (in, scale) -> where(in[1], in[0].mul(scale[0]), Tensor.zerosLike(in[0])));

  private final double p;

  /** With a probability of 0.5. */
  public Dropout() {
    this(0.5);
  }

  /**
   * With this probability.
   *
   * @param p in [0, 1]
   * @throws NotegradException if it is not
   */
  public Dropout(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new NotegradException("Dropout", "probability %s is not in [0, 1]", p);
    }
    this.p = p;
  }

  @Override
  protected Tensor compute(Tensor x) {
    if (!isTraining() || p == 0) {
      return x;
    }
    Tensor real = x.dtype().isFloating() ? x : x.to(DType.FLOAT32);
    Tensor uniform = Generator.current().fill(new Distribution.Uniform(), Tensor.zerosLike(real));
    return FUNCTION.with(p == 1 ? 0 : 1 / (1 - p)).apply(real, uniform.ge(p));
  }
}
