package org.notegrad;

/**
 * Shapes that an operation can't take: {@code matmul: (32, 10) x (20, 10): inner dimensions 10 and
 * 20 differ}.
 */
public class ShapeException extends NotegradException {
  /** An operation on one tensor. */
  public ShapeException(String operation, Shape shape, String rule, Object... args) {
    super(operation + ": " + shape + ": " + rule.formatted(args));
  }

  /** An operation on two tensors. */
  public ShapeException(String operation, Shape a, Shape b, String rule, Object... args) {
    super(operation + ": " + a + " x " + b + ": " + rule.formatted(args));
  }
}
