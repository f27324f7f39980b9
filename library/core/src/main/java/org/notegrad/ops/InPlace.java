package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;

/**
 * Writes into a tensor. They are not recorded, so a tensor in a graph can be written only without
 * recording.
 */
public final class InPlace {
  private InPlace() {}

  /**
   * The operation runs in the type that it has out of place; what fits is converted to the target's
   * type, as PyTorch does.
   */
  public static Tensor binary(BinaryOp op, Tensor target, Tensor other) {
    String name = op.label() + "InPlace";
    check(name, target, other);
    Checks.oneDevice(name, target, other);
    DType type = Types.of(op, target.dtype(), other.dtype());
    Types.requireFits(name, type, target.dtype());
    Tensor operand = other.detach().to(type).expand(target.shape());
    if (type == target.dtype()) {
      of(target).backend().binary(op, of(target), of(apart(target, operand)), of(target));
    } else {
      Tensor wide = target.detach().to(type);
      of(wide).backend().binary(op, of(wide), of(operand), of(wide));
      of(target).backend().copy(of(wide), of(target));
    }
    of(target).storage().bumpVersion();
    return target;
  }

  public static Tensor binary(BinaryOp op, Tensor target, double other) {
    if (!target.dtype().isFloating() && Elementwise.isLong(other)) {
      return binary(op, target, (long) other);
    }
    String name = op.label() + "InPlace";
    DType type = Types.besideReal(op, target.dtype());
    Types.requireFits(name, type, target.dtype());
    return binary(op, target, Elementwise.number(target, type, other));
  }

  public static Tensor binary(BinaryOp op, Tensor target, long other) {
    DType type = Types.besideWhole(op, target.dtype());
    Types.requireFits(op.label() + "InPlace", type, target.dtype());
    Elementwise.requireHolds(op.label() + "InPlace", type, other);
    return binary(op, target, Elementwise.number(target, type, other));
  }

  /** {@code target += alpha * other}, multiplied in the type of the sum. */
  public static Tensor add(Tensor target, Tensor other, double alpha) {
    check("addInPlace", target, other);
    DType type = Types.of(BinaryOp.ADD, target.dtype(), other.dtype());
    return binary(
        BinaryOp.ADD, target, type.isFloating() ? other.to(type).mul(alpha) : other.mul(alpha));
  }

  public static Tensor copy(Tensor target, Tensor source) {
    check("copyInPlace", target, source);
    Tensor there = source.detach().to(target.device());
    of(target).backend().copy(of(apart(target, there.expand(target.shape()))), of(target));
    of(target).storage().bumpVersion();
    return target;
  }

  public static Tensor fill(Tensor target, long value) {
    if ((long) (double) value == value && value != Long.MAX_VALUE) {
      return fill(target, (double) value);
    }
    check("fillInPlace", target, target);
    Tensor exact = Tensor.fromArray(new long[] {value}, new int[0]).to(target.device());
    of(target).backend().copy(of(exact.expand(target.shape())), of(target));
    of(target).storage().bumpVersion();
    return target;
  }

  public static Tensor fill(Tensor target, double value) {
    check("fillInPlace", target, target);
    of(target).backend().fill(of(target), value);
    of(target).storage().bumpVersion();
    return target;
  }

  /**
   * {@code operand}, copied if it looks at target's storage in another way: writing target would
   * change elements of it that are still to be read.
   */
  private static Tensor apart(Tensor target, Tensor operand) {
    boolean overlaps =
        of(operand).storage() == of(target).storage()
            && !of(operand).layout().equals(of(target).layout());
    return overlaps ? operand.clone() : operand;
  }

  private static void check(String name, Tensor target, Tensor other) {
    Checks.given(name, "tensor", other);
    if (Autograd.isEnabled() && target.requiresGrad()) {
      throw new NotegradException(
          name,
          "the gradient would not know of the change; use the operation that returns a new tensor,"
              + " or wrap it in noGrad");
    }
    if (Autograd.isEnabled() && other.requiresGrad()) {
      throw new NotegradException(
          name,
          "no gradient would come back from what is written; put the parts together by stack or"
              + " cat, or write inside noGrad");
    }
    if (!Shape.broadcast(name, target.shape(), other.shape()).equals(target.shape())) {
      throw new ShapeException(
          name, target.shape(), other.shape(), "the second is larger than the first");
    }
    for (int dim = 0; dim < target.rank(); dim++) {
      if (of(target).layout().stride(dim) == 0 && target.size(dim) > 1) {
        throw new ShapeException(
            name,
            target.shape(),
            "an expanded tensor holds one element in several places; clone() it first");
      }
    }
  }
}
