package org.notegrad.backend;

import static org.notegrad.Functional.where;
import static org.notegrad.backend.BinaryOp.Reads.BOTH;
import static org.notegrad.backend.BinaryOp.Reads.NEITHER;
import static org.notegrad.backend.BinaryOp.Reads.OTHER;
import static org.notegrad.ops.Elementwise.drop;
import static org.notegrad.ops.Elementwise.number;

import java.util.Locale;
import org.notegrad.Tensor;

/**
 * Elementwise functions of two tensors, with the derivative for each. Each derivative says which of
 * the inputs it reads; no other is saved. Where a derivative is 0 whatever the gradient, the
 * gradient is not multiplied by 0: it may be infinite.
 */
public enum BinaryOp {
  ADD(NEITHER, (g, a, b) -> g, NEITHER, (g, a, b) -> g),
  SUB(NEITHER, (g, a, b) -> g, NEITHER, (g, a, b) -> g.neg()),
  MUL(OTHER, (g, a, b) -> g.mul(b), OTHER, (g, a, b) -> g.mul(a)),
  /** Divides by b twice: its square may overflow. */
  DIV(OTHER, (g, a, b) -> g.div(b), BOTH, (g, a, b) -> g.mul(a.div(b).div(b)).neg()),
  POW(BOTH, BinaryOp::powBase, BOTH, BinaryOp::powExponent),
  /** A tie shares the gradient equally; where one is NaN, it passes to both, as PyTorch's. */
  MAXIMUM(
      BOTH,
      (g, a, b) -> drop(a.lt(b), shared(g, a, b)),
      BOTH,
      (g, a, b) -> drop(b.lt(a), shared(g, a, b))),
  /** A tie shares the gradient equally; where one is NaN, it passes to both, as PyTorch's. */
  MINIMUM(
      BOTH,
      (g, a, b) -> drop(a.gt(b), shared(g, a, b)),
      BOTH,
      (g, a, b) -> drop(b.gt(a), shared(g, a, b)));

  /** Which inputs a derivative needs. */
  public enum Reads {
    NEITHER,
    /** The one that it is not the derivative for. */
    OTHER,
    BOTH
  }

  /**
   * The gradient of one input, before broadcast dimensions are summed; an input that it does not
   * read is null.
   */
  @FunctionalInterface
  public interface Derivative {
    Tensor of(Tensor gradient, Tensor a, Tensor b);
  }

  private final Reads leftReads;
  private final Derivative left;
  private final Reads rightReads;
  private final Derivative right;

  private final String label = name().toLowerCase(Locale.ROOT);

  BinaryOp(Reads leftReads, Derivative left, Reads rightReads, Derivative right) {
    this.leftReads = leftReads;
    this.left = left;
    this.rightReads = rightReads;
    this.right = right;
  }

  /** What the derivative for the first operand reads. */
  public Reads leftReads() {
    return leftReads;
  }

  /** What the derivative for the second operand reads. */
  public Reads rightReads() {
    return rightReads;
  }

  /** Whether a gradient reads the first operand, where these are wanted. */
  public boolean readsLeft(boolean leftWanted, boolean rightWanted) {
    return leftWanted && leftReads == BOTH || rightWanted && rightReads != NEITHER;
  }

  /** Whether a gradient reads the second operand, where these are wanted. */
  public boolean readsRight(boolean leftWanted, boolean rightWanted) {
    return leftWanted && leftReads != NEITHER || rightWanted && rightReads == BOTH;
  }

  /** The derivative for the first operand. */
  public Derivative left() {
    return left;
  }

  /** The derivative for the second operand. */
  public Derivative right() {
    return right;
  }

  /**
   * {@code b a^(b-1)}. For the exponent 0 it is 0 also where {@code a^-1}, or the gradient, is no
   * number.
   */
  private static Tensor powBase(Tensor g, Tensor a, Tensor b) {
    Tensor constant = b.eq(0.0).logicalAnd(g.div(a).isFinite().logicalNot());
    Tensor base = where(constant, one(a), a);
    return drop(constant, g.mul(b.mul(base.pow(b.sub(1.0)))));
  }

  /** {@code a^b log a}. It is 0 for the base 0, unless the exponent is negative. */
  private static Tensor powExponent(Tensor g, Tensor a, Tensor b) {
    Tensor constant = a.eq(0.0).logicalAnd(b.ge(0.0));
    Tensor base = where(constant, one(a), a);
    return drop(constant, g.mul(base.pow(b).mul(base.log())));
  }

  private static Tensor one(Tensor like) {
    return number(like, like.dtype(), 1);
  }

  private static Tensor shared(Tensor g, Tensor a, Tensor b) {
    return where(a.eq(b), g.mul(0.5), g);
  }

  /** The name that errors and graphs show. */
  public String label() {
    return label;
  }
}
