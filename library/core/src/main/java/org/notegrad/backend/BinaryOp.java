package org.notegrad.backend;

import static org.notegrad.Functional.where;

import java.util.Locale;
import org.notegrad.Tensor;

/**
 * Elementwise functions of two tensors, with the derivative for each. They save their inputs if
 * they need them.
 */
public enum BinaryOp {
  ADD(false, (g, a, b) -> g, (g, a, b) -> g),
  SUB(false, (g, a, b) -> g, (g, a, b) -> g.neg()),
  MUL(true, (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a)),
  DIV(true, (g, a, b) -> g.div(b), (g, a, b) -> g.mul(a).div(b.square()).neg()),
  /**
   * {@code b a^(b-1)} and {@code a^b log a}, without the NaN of {@code 0 * 0^-1} for the exponent 0
   * and of {@code 0 * log 0} for the base 0.
   */
  POW(
      true,
      (g, a, b) -> g.mul(b).mul(a.pow(where(b.eq(0.0), b, b.sub(1.0)))),
      (g, a, b) -> g.mul(a.pow(b)).mul(where(a.eq(0.0).logicalAnd(b.ge(0.0)), one(a), a).log())),
  /** A tie shares the gradient equally. */
  MAXIMUM(true, (g, a, b) -> share(g, a.gt(b), a, b), (g, a, b) -> share(g, b.gt(a), a, b)),
  /** A tie shares the gradient equally. */
  MINIMUM(true, (g, a, b) -> share(g, a.lt(b), a, b), (g, a, b) -> share(g, b.lt(a), a, b));

  /**
   * The gradient of one input, before broadcast dimensions are summed; a and b are null if nothing
   * is saved.
   */
  @FunctionalInterface
  public interface Derivative {
    Tensor of(Tensor gradient, Tensor a, Tensor b);
  }

  private final boolean savesInputs;
  private final Derivative left;
  private final Derivative right;

  private final String label = name().toLowerCase(Locale.ROOT);

  BinaryOp(boolean savesInputs, Derivative left, Derivative right) {
    this.savesInputs = savesInputs;
    this.left = left;
    this.right = right;
  }

  /** Whether the derivatives need the inputs. */
  public boolean savesInputs() {
    return savesInputs;
  }

  /** The derivative for the first operand. */
  public Derivative left() {
    return left;
  }

  /** The derivative for the second operand. */
  public Derivative right() {
    return right;
  }

  private static Tensor one(Tensor like) {
    return Tensor.onesLike(like);
  }

  private static Tensor share(Tensor g, Tensor wins, Tensor a, Tensor b) {
    Tensor tie = a.eq(b).to(g.dtype()).mul(0.5);
    return g.mul(wins.to(g.dtype()).add(tie));
  }

  /** The name that errors and graphs show. */
  public String label() {
    return label;
  }
}
