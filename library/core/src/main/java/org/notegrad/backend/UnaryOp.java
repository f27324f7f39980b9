package org.notegrad.backend;

import static org.notegrad.Functional.where;
import static org.notegrad.backend.Saves.INPUT;
import static org.notegrad.backend.Saves.NOTHING;
import static org.notegrad.backend.Saves.OUTPUT;
import static org.notegrad.ops.Elementwise.drop;
import static org.notegrad.ops.Elementwise.keep;

import java.util.Locale;
import org.notegrad.Tensor;

/**
 * Elementwise functions of one tensor, each with its derivative. Where a derivative is 0 whatever
 * the gradient, the gradient is not multiplied by 0: it may be infinite.
 */
public enum UnaryOp {
  NEG(NOTHING, (g, x) -> g.neg()),
  /** The gradient is 0 at 0, and at NaN, as PyTorch's. */
  ABS(INPUT, (g, x) -> where(x.gt(0.0), g, keep(x.lt(0.0), g.neg()))),
  SIGN(NOTHING, (g, x) -> Tensor.zerosLike(g)),
  SQUARE(INPUT, (g, x) -> g.mul(x).mul(2.0)),
  SQRT(OUTPUT, (g, y) -> g.div(y).mul(0.5)),
  RSQRT(OUTPUT, (g, y) -> g.mul(y.mul(y).mul(y)).mul(-0.5)),
  RECIPROCAL(OUTPUT, (g, y) -> g.mul(y.square()).neg()),
  EXP(OUTPUT, (g, y) -> g.mul(y)),
  EXPM1(OUTPUT, (g, y) -> g.mul(y.add(1.0))),
  LOG(INPUT, (g, x) -> g.div(x)),
  LOG1P(INPUT, (g, x) -> g.div(x.add(1.0))),
  SIN(INPUT, (g, x) -> g.mul(x.cos())),
  COS(INPUT, (g, x) -> g.mul(x.sin()).neg()),
  TANH(OUTPUT, (g, y) -> g.mul(y.square().neg().add(1.0))),
  SIGMOID(OUTPUT, (g, y) -> g.mul(y.mul(y.neg().add(1.0)))),
  /** {@code log(1 + exp(x))}: a smooth RELU. */
  SOFTPLUS(INPUT, (g, x) -> g.mul(x.sigmoid())),
  /** The gradient is 0 at 0, and passes at NaN, as PyTorch's. */
  RELU(OUTPUT, (g, y) -> drop(y.le(0.0), g)),
  FLOOR(NOTHING, (g, x) -> Tensor.zerosLike(g)),
  CEIL(NOTHING, (g, x) -> Tensor.zerosLike(g)),
  /** To the nearest integer, halves to even. */
  ROUND(NOTHING, (g, x) -> Tensor.zerosLike(g));

  /**
   * The gradient of the input, from the output's and from what the operation saved (null for
   * NOTHING).
   */
  @FunctionalInterface
  public interface Derivative {
    Tensor of(Tensor gradient, Tensor saved);
  }

  private final Saves saves;
  private final Derivative derivative;

  private final String label = name().toLowerCase(Locale.ROOT);

  UnaryOp(Saves saves, Derivative derivative) {
    this.saves = saves;
    this.derivative = derivative;
  }

  /** What the derivative needs, and so what the graph keeps alive. */
  public Saves saves() {
    return saves;
  }

  public Derivative derivative() {
    return derivative;
  }

  /** The name that errors and graphs show. */
  public String label() {
    return label;
  }
}
