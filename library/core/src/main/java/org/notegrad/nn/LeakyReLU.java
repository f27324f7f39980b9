package org.notegrad.nn;

import static org.notegrad.Functional.where;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/** {@code x} where it is above 0, {@code slope x} elsewhere (Maas and others, 2013). */
public final class LeakyReLU extends Layer {
  private static final Fused FUNCTION =
      Fused.of("leakyReLU", 1, 1, (in, slope) -> where(in[0].gt(0.0), in[0], in[0].mul(slope[0])));

  private final double slope;

  /** With a slope of 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** With this slope below 0. */
  public LeakyReLU(double slope) {
    this.slope = slope;
  }

  /** The function itself. */
  public static Tensor leakyReLU(Tensor x, double slope) {
    return FUNCTION.with(slope).apply(x);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return leakyReLU(x, slope);
  }
}
