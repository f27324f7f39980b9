package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Fused;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.BinaryOp.Reads;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.UnaryOp;

/**
 * Elementwise operations: type promotion and broadcasting around the enums that hold the functions.
 */
public final class Elementwise {
  private static final Fused CLAMP =
      Fused.of(
          "clamp",
          1,
          2,
          (in, bounds) -> {
            Tensor value = in[0].detach();
            Tensor raised = where(value.lt(bounds[0]), bounds[0], value);
            Tensor limited = where(raised.gt(bounds[1]), bounds[1], raised);
            Tensor inside = value.gt(bounds[0]).logicalAnd(value.lt(bounds[1]));
            return where(inside, in[0], limited);
          });

  private Elementwise() {}

  public static Tensor unary(UnaryOp op, Tensor x) {
    return Node.apply(new Unary(op), x.to(Types.of(op, x.dtype())));
  }

  public static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
    Checks.given(op.label(), "tensor", b);
    DType dtype = Types.of(op, a.dtype(), b.dtype());
    return Node.apply(new Binary(op), a.to(dtype), b.to(dtype));
  }

  /**
   * A number beside a tensor takes the tensor's type, but makes an integer tensor real if it is
   * real.
   */
  public static Tensor binary(BinaryOp op, Tensor a, double b) {
    DType dtype = Types.besideReal(op, a.dtype());
    return Node.apply(new Beside(op, number(a, dtype, b)), a.to(dtype));
  }

  public static Tensor binary(BinaryOp op, Tensor a, long b) {
    DType dtype = Types.besideWhole(op, a.dtype());
    requireHolds(op.label(), dtype, b);
    if (op == BinaryOp.POW && b < 0 && !dtype.isFloating()) {
      throw new NotegradException(
          "pow", "integers to the power %d are fractions; convert them by to(DType.FLOAT32)", b);
    }
    return Node.apply(new Beside(op, number(a, dtype, b)), a.to(dtype));
  }

  /** {@code a op b}, the number on the left. */
  public static Tensor reversed(BinaryOp op, double a, Tensor b) {
    DType dtype = Types.besideReal(op, b.dtype());
    return Node.apply(new Binary(op), number(b, dtype, a), b.to(dtype));
  }

  public static Tensor reversed(BinaryOp op, long a, Tensor b) {
    DType dtype = Types.besideWhole(op, b.dtype());
    requireHolds(op.label(), dtype, a);
    return Node.apply(new Binary(op), number(b, dtype, a), b.to(dtype));
  }

  public static Tensor compare(CompareOp op, Tensor a, Tensor b) {
    Checks.given(op.label(), "tensor", b);
    Checks.oneDevice(op.label(), a, b);
    DType dtype = DType.promote(a.dtype(), b.dtype());
    Shape shape = Shape.broadcast(op.label(), a.shape(), b.shape());
    Tensor out = Creation.empty(DType.BOOL, shape, Trace.home(a, b));
    Tensor left = a.to(dtype).detach().expand(shape);
    Tensor right = b.to(dtype).detach().expand(shape);
    of(out).backend().compare(op, of(left), of(right), of(out));
    return out;
  }

  /** Exact, whatever the tensor's type: a fraction lies between two integers. */
  public static Tensor compare(CompareOp op, Tensor a, double b) {
    if (a.dtype().isFloating()) {
      return compare(op, a, number(a, a.dtype(), b));
    }
    if (isLong(b)) {
      return compare(op, a, (long) b);
    }
    boolean beyond = Math.abs(b) >= 0x1p63; // where the largest long would be rounded up to it
    double limit = beyond ? Math.copySign(Double.POSITIVE_INFINITY, b) : b;
    return compare(op, a, number(a, DType.FLOAT64, limit));
  }

  public static Tensor compare(CompareOp op, Tensor a, long b) {
    return compare(op, a, number(a, Types.holds(a.dtype(), b) ? a.dtype() : DType.INT64, b));
  }

  static void requireHolds(String operation, DType dtype, long number) {
    if (!Types.holds(dtype, number)) {
      throw new NotegradException(operation, "%d does not fit in %s", number, dtype);
    }
  }

  /** Elements that are no real numbers are finite always. */
  public static Tensor isFinite(Tensor x) {
    return x.dtype().isFloating() ? x.abs().lt(Double.POSITIVE_INFINITY) : x.eq(x);
  }

  /** Whether an int64 can hold {@code number}. */
  public static boolean isLong(double number) {
    return number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
  }

  public static Tensor where(Tensor condition, Tensor a, double b) {
    Checks.given("where", "tensor", a);
    return where(condition, a, beside(a, b));
  }

  public static Tensor where(Tensor condition, Tensor a, long b) {
    Checks.given("where", "tensor", a);
    return where(condition, a, beside(a, b));
  }

  public static Tensor where(Tensor condition, double a, Tensor b) {
    Checks.given("where", "tensor", b);
    return where(condition, beside(b, a), b);
  }

  public static Tensor where(Tensor condition, long a, Tensor b) {
    Checks.given("where", "tensor", b);
    return where(condition, beside(b, a), b);
  }

  private static Tensor beside(Tensor x, double number) {
    return number(x, Types.besideReal(BinaryOp.MAXIMUM, x.dtype()), number);
  }

  private static Tensor beside(Tensor x, long number) {
    DType dtype = Types.besideWhole(BinaryOp.MAXIMUM, x.dtype());
    requireHolds("where", dtype, number);
    return number(x, dtype, number);
  }

  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Checks.given("where", "condition", condition);
    Checks.given("where", "first tensor", a);
    Checks.given("where", "second tensor", b);
    if (condition.dtype() != DType.BOOL) {
      throw new NotegradException("where", "the condition is %s, bool expected", condition.dtype());
    }
    DType dtype = DType.promote(a.dtype(), b.dtype());
    return Node.apply(new Where(), condition, a.to(dtype), b.to(dtype));
  }

  /** {@code x} where the condition holds, else 0, whatever x is there. */
  public static Tensor keep(Tensor condition, Tensor x) {
    return where(condition, x, number(x, x.dtype(), 0));
  }

  /** 0 where the condition holds, whatever {@code x} is there, else x. */
  public static Tensor drop(Tensor condition, Tensor x) {
    return where(condition, number(x, x.dtype(), 0), x);
  }

  /**
   * {@code min(max(x, low), high)}, NaN where x or a bound is. The gradient passes between the
   * bounds and is 0 at them, as at the bound of a ReLU: so {@code clamp(0, inf)} has one gradient
   * with it, and PyTorch (since 2.15) and its hardtanh have the same. It is 0 at NaN.
   */
  public static Tensor clamp(Tensor x, double low, double high) {
    boolean isFused = x.dtype().isFloating() && !Double.isNaN(low) && !Double.isNaN(high);
    return isFused ? CLAMP.with(low, high).apply(x) : clampBySteps(x, low, high);
  }

  private static Tensor clampBySteps(Tensor x, double low, double high) {
    Tensor value = x.detach();
    Tensor under = Double.isNaN(low) ? value.ne(low) : value.lt(low); // all differ from NaN
    Tensor raised = where(under, bound(x, low), value);
    Tensor over = Double.isNaN(high) ? value.ne(high) : raised.gt(high);
    Tensor limited = where(over, bound(x, high), raised);
    return where(value.gt(low).logicalAnd(value.lt(high)), x, limited);
  }

  public static Tensor clamp(Tensor x, long low, long high) {
    Tensor value = x.detach();
    Tensor raised = where(value.lt(low), bound(x, low), value);
    Tensor limited = where(raised.gt(high), bound(x, high), raised);
    return where(value.gt(low).logicalAnd(value.lt(high)), x, limited);
  }

  /** An infinite bound limits nothing, so that its type does not matter. */
  private static Tensor bound(Tensor x, double bound) {
    if (x.dtype().isFloating() || Double.isInfinite(bound)) {
      return number(x, x.dtype(), bound);
    }
    return isLong(bound) ? bound(x, (long) bound) : number(x, DType.FLOAT32, bound);
  }

  private static Tensor bound(Tensor x, long bound) {
    DType dtype = Types.besideWhole(BinaryOp.MAXIMUM, x.dtype());
    boolean fits = Types.holds(dtype, bound); // beyond the type's ends a bound is the end
    long end = bound < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    return number(x, dtype, fits ? bound : end);
  }

  /** A number as a scalar on the device of {@code like}. */
  public static Tensor number(Tensor like, DType dtype, double value) {
    return Creation.empty(dtype, Shape.SCALAR, like).fillInPlace(value);
  }

  public static Tensor number(Tensor like, DType dtype, long value) {
    return Creation.empty(dtype, Shape.SCALAR, like).fillInPlace(value);
  }

  private static final class Unary extends Operation {
    private final UnaryOp op;

    Unary(UnaryOp op) {
      super(op.label());
      this.op = op;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor out = Creation.empty(x.dtype(), x.shape(), x);
      of(out).backend().unary(op, of(x), of(out));
      switch (op.saves()) {
        case NOTHING -> {}
        case INPUT -> save(x);
        case OUTPUT -> save(out);
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {
        switch (op.saves()) {
          case NOTHING -> op.derivative().of(gradient, null);
          case INPUT, OUTPUT -> Derivative.of(op).of(gradient, saved(0));
        }
      };
    }
  }

  private static final class Binary extends Operation {
    private final BinaryOp op;
    private Shape left;
    private Shape right;

    Binary(BinaryOp op) {
      super(op.label());
      this.op = op;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor a = inputs[0];
      Tensor b = inputs[1];
      left = a.shape();
      right = b.shape();
      Shape shape = Shape.broadcast(name(), left, right);
      Tensor out = Creation.empty(a.dtype(), shape, Trace.home(a, b));
      of(out).backend().binary(op, of(a).expand(shape), of(b).expand(shape), of(out));
      boolean first = needs(0);
      boolean second = needs(1);
      Tensor x = op.readsLeft(first, second) ? a : null;
      Tensor y = op.readsRight(first, second) ? b : null;
      if (x != null || y != null) {
        save(x, y);
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {
        needs(0) ? Reductions.sumTo(left(gradient), left) : null,
        needs(1) ? Reductions.sumTo(right(gradient), right) : null
      };
    }

    private Tensor left(Tensor gradient) {
      return switch (op.leftReads()) {
        case NEITHER -> op.left().of(gradient, null, null);
        case OTHER -> op.left().of(gradient, null, saved(1));
        case BOTH -> Derivative.left(op).of(gradient, saved(0), saved(1));
      };
    }

    private Tensor right(Tensor gradient) {
      return switch (op.rightReads()) {
        case NEITHER -> op.right().of(gradient, null, null);
        case OTHER -> op.right().of(gradient, saved(0), null);
        case BOTH -> Derivative.right(op).of(gradient, saved(0), saved(1));
      };
    }
  }

  /** A tensor beside a number, which nobody else holds. */
  private static final class Beside extends Operation {
    private final BinaryOp op;
    private final Tensor number;

    Beside(BinaryOp op, Tensor number) {
      super(op.label());
      this.op = op;
      this.number = number;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor a = inputs[0];
      Tensor out = Creation.empty(a.dtype(), a.shape(), a);
      of(out).backend().binary(op, of(a), of(number).expand(a.shape()), of(out));
      if (op.leftReads() == Reads.BOTH) {
        save(a);
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {
        op.leftReads() == Reads.BOTH
            ? Derivative.left(op).of(gradient, saved(0), number)
            : op.left().of(gradient, null, number)
      };
    }
  }

  private static final class Where extends Operation {
    private Shape left;
    private Shape right;

    Where() {
      super("where");
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor condition = inputs[0];
      left = inputs[1].shape();
      right = inputs[2].shape();
      Shape shape =
          Shape.broadcast("where", condition.shape(), Shape.broadcast("where", left, right));
      Tensor home = Trace.home(condition, Trace.home(inputs[1], inputs[2]));
      Tensor out = Creation.empty(inputs[1].dtype(), shape, home);
      of(out)
          .backend()
          .where(
              of(condition).expand(shape),
              of(inputs[1]).expand(shape),
              of(inputs[2]).expand(shape),
              of(out));
      save(condition);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor condition = saved(0);
      return new Tensor[] {
        null,
        needs(1) ? Reductions.sumTo(keep(condition, gradient), left) : null,
        needs(2) ? Reductions.sumTo(drop(condition, gradient), right) : null
      };
    }
  }
}
