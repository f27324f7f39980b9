package org.notegrad.nn;

import static org.notegrad.Functional.linear;

import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * {@code y = x wᵀ + b}: {@code (..., in) -> (..., out)}. Weight {@code (out, in)} and bias {@code
 * (out,)} start uniform in {@code ±1/sqrt(in)}, as PyTorch's do.
 */
public final class Linear extends Layer {
  /** Whether a layer adds a bias. */
  public enum Bias {
    /** It does: the default. */
    BIAS,
    /** It does not. */
    NONE
  }

  private final int in;
  private final int out;
  private final Tensor weight;
  private final Tensor bias;

  /** From {@code in} features to {@code out}, with a bias. */
  public Linear(int in, int out) {
    this(in, out, Bias.BIAS);
  }

  /**
   * From {@code in} features to {@code out}.
   *
   * @throws NotegradException if a number is negative
   */
  public Linear(int in, int out, Bias bias) {
    if (in < 0 || out < 0) {
      throw new NotegradException("Linear", "%d -> %d features; 0 or more expected", in, out);
    }
    this.in = in;
    this.out = out;
    double bound = 1 / Math.sqrt(Math.max(in, 1));
    this.weight = parameter("weight", Init.uniform(Tensor.zeros(out, in), -bound, bound));
    this.bias =
        bias == Bias.BIAS
            ? parameter("bias", Init.uniform(Tensor.zeros(out), -bound, bound))
            : null;
  }

  /** The size of an input's last dimension. */
  public int inFeatures() {
    return in;
  }

  /** The size of an output's last dimension. */
  public int outFeatures() {
    return out;
  }

  /** {@code (out, in)}. */
  public Tensor weight() {
    return weight;
  }

  /** {@code (out,)}, or null. */
  public Tensor bias() {
    return bias;
  }

  @Override
  protected Tensor compute(Tensor x) {
    return linear(x, weight, bias);
  }

  @Override
  public String describe() {
    return in + " -> " + out + (bias == null ? ", no bias" : "");
  }
}
