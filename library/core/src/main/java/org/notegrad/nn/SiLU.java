package org.notegrad.nn;

import org.notegrad.Fused;
import org.notegrad.Tensor;

/** {@code x sigmoid(x)}, also called swish (Elfwing and others, 2017). */
public final class SiLU extends Layer {
  private static final Fused FUNCTION = Fused.of("silu", x -> x.mul(x.sigmoid()));

  /** The function itself. */
  public static Tensor silu(Tensor x) {
    return FUNCTION.apply(x);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return silu(x);
  }
}
