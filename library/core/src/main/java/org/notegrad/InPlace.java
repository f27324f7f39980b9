package org.notegrad;

import org.notegrad.backend.BinaryOp;

/**
 * Writes into a tensor. They are not recorded, so a tensor in a graph can be written only without
 * recording.
 */
final class InPlace {
  private InPlace() {}

  static Tensor binary(BinaryOp op, Tensor target, Tensor other) {
    String name = op.label() + "InPlace";
    check(name, target, other);
    DType type = op.type(DType.promote(target.dtype(), other.dtype()));
    if (type != target.dtype()) {
      throw new NotegradException(name, "a result of %s does not fit in %s", type, target.dtype());
    }
    Tensor operand = apart(target, other.detach().to(type).expandView(target.shape()));
    target.backend().binary(op, target, operand, target);
    target.storage().bumpVersion();
    return target;
  }

  static Tensor binary(BinaryOp op, Tensor target, double other) {
    DType type = Elementwise.typeBeside(target.dtype(), other);
    return binary(op, target, Tensor.scalar(type, other));
  }

  static Tensor copy(Tensor target, Tensor source) {
    check("copyInPlace", target, source);
    target.backend().copy(apart(target, source.detach().expandView(target.shape())), target);
    target.storage().bumpVersion();
    return target;
  }

  static Tensor fill(Tensor target, double value) {
    check("fillInPlace", target, target);
    target.backend().fill(target, value);
    target.storage().bumpVersion();
    return target;
  }

  /**
   * {@code operand}, copied if it looks at target's storage in another way: writing target would
   * change elements of it that are still to be read.
   */
  private static Tensor apart(Tensor target, Tensor operand) {
    boolean overlaps =
        operand.storage() == target.storage() && !operand.layout().equals(target.layout());
    return overlaps ? operand.clone() : operand;
  }

  private static void check(String name, Tensor target, Tensor other) {
    if (Autograd.isEnabled() && (target.requiresGrad() || other.requiresGrad())) {
      throw new NotegradException(
          name,
          "the gradient would not know of the change; use the operation that returns a new tensor,"
              + " or wrap it in noGrad");
    }
    if (!Shape.broadcast(name, target.shape(), other.shape()).equals(target.shape())) {
      throw new ShapeException(
          name, target.shape(), other.shape(), "the second is larger than the first");
    }
    for (int dim = 0; dim < target.rank(); dim++) {
      if (target.layout().stride(dim) == 0 && target.size(dim) > 1) {
        throw new ShapeException(
            name,
            target.shape(),
            "an expanded tensor holds one element in several places; clone() it first");
      }
    }
  }
}
