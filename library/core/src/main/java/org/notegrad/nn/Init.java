package org.notegrad.nn;

import org.notegrad.Autograd;
import org.notegrad.Generator;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Distribution;

/** Starting values of parameters, written in place. Each returns its tensor. */
public final class Init {
  private Init() {}

  /**
   * Uniform in [low, high).
   *
   * @throws NotegradException unless {@code low <= high}
   */
  public static Tensor uniform(Tensor tensor, double low, double high) {
    if (!(low <= high)) {
      throw new NotegradException("uniform", "[%s, %s) is empty", low, high);
    }
    Tensor drawn = Generator.current().fill(new Distribution.Uniform(), Tensor.zerosLike(tensor));
    return set(tensor, drawn.mulInPlace(high - low).addInPlace(low));
  }

  /**
   * Normal.
   *
   * @throws NotegradException if {@code std} is negative
   */
  public static Tensor normal(Tensor tensor, double mean, double std) {
    if (!(std >= 0)) {
      throw new NotegradException("normal", "standard deviation %s; 0 or more expected", std);
    }
    Tensor drawn = Generator.current().fill(new Distribution.Normal(), Tensor.zerosLike(tensor));
    return set(tensor, drawn.mulInPlace(std).addInPlace(mean));
  }

  /**
   * Uniform in {@code ±sqrt(6 / (fanIn + fanOut))}: Glorot and Bengio (2010).
   *
   * @param weight {@code (out, in)}
   */
  public static Tensor xavierUniform(Tensor weight) {
    return within(
        weight,
        Math.sqrt(6.0 / (fan("xavierUniform", weight, 1) + fan("xavierUniform", weight, 0))));
  }

  /**
   * Uniform in {@code ±sqrt(6 / fanIn)}, for layers followed by ReLU: He and others (2015).
   *
   * @param weight {@code (out, in)}
   */
  public static Tensor kaimingUniform(Tensor weight) {
    return within(weight, Math.sqrt(6.0 / fan("kaimingUniform", weight, 1)));
  }

  /** A weight without elements stays as it is, and its fan may be 0. */
  private static Tensor within(Tensor weight, double bound) {
    return weight.numel() == 0 ? weight : uniform(weight, -bound, bound);
  }

  private static long fan(String op, Tensor weight, int dim) {
    if (weight.rank() < 2) {
      throw new NotegradException(
          op, "a weight of two dimensions or more expected, got %s", weight.shape());
    }
    long fan = weight.size(dim);
    for (int i = 2; i < weight.rank(); i++) {
      fan *= weight.size(i);
    }
    return fan;
  }

  private static Tensor set(Tensor tensor, Tensor values) {
    return Autograd.noGrad(() -> tensor.copyInPlace(values));
  }
}
