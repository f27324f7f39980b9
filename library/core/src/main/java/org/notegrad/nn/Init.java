package org.notegrad.nn;

import org.notegrad.Autograd;
import org.notegrad.Generator;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Distribution;

/** Starting values of parameters, written in place. Each returns its tensor. */
public final class Init {
  private Init() {}

  /** Uniform in [low, high). */
  public static Tensor uniform(Tensor tensor, double low, double high) {
    Tensor drawn = Generator.global().fill(new Distribution.Uniform(), Tensor.zerosLike(tensor));
    return set(tensor, drawn.mulInPlace(high - low).addInPlace(low));
  }

  /** Normal. */
  public static Tensor normal(Tensor tensor, double mean, double std) {
    Tensor drawn = Generator.global().fill(new Distribution.Normal(), Tensor.zerosLike(tensor));
    return set(tensor, drawn.mulInPlace(std).addInPlace(mean));
  }

  /**
   * Uniform in {@code ±sqrt(6 / (fanIn + fanOut))}: Glorot and Bengio (2010).
   *
   * @param weight {@code (out, in)}
   */
  public static Tensor xavierUniform(Tensor weight) {
    double bound =
        Math.sqrt(6.0 / (fan("xavierUniform", weight, 1) + fan("xavierUniform", weight, 0)));
    return uniform(weight, -bound, bound);
  }

  /**
   * Uniform in {@code ±sqrt(6 / fanIn)}, for layers followed by ReLU: He and others (2015).
   *
   * @param weight {@code (out, in)}
   */
  public static Tensor kaimingUniform(Tensor weight) {
    double bound = Math.sqrt(6.0 / fan("kaimingUniform", weight, 1));
    return uniform(weight, -bound, bound);
  }

  private static long fan(String op, Tensor weight, int dim) {
    if (weight.rank() < 2) {
      throw new NotegradException(
          op, "a weight of two dimensions or more expected, got %s", weight.shape());
    }
    return weight.size(dim) * (weight.numel() / ((long) weight.size(0) * weight.size(1)));
  }

  private static Tensor set(Tensor tensor, Tensor values) {
    return Autograd.noGrad(() -> tensor.copyInPlace(values));
  }
}
