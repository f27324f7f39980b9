package org.notegrad;

import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.UnaryOp;

/**
 * Elementwise operations: type promotion and broadcasting around the enums that hold the functions.
 */
final class Elementwise {
  private Elementwise() {}

  static Tensor unary(UnaryOp op, Tensor x) {
    boolean runs = x.dtype().isFloating() || op.onIntegers() && x.dtype() == DType.INT64;
    return Node.apply(new Unary(op), runs ? x : x.to(DType.FLOAT32));
  }

  static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
    DType dtype = op.type(DType.promote(a.dtype(), b.dtype()));
    return Node.apply(new Binary(op), a.to(dtype), b.to(dtype));
  }

  /**
   * A number beside a tensor takes the tensor's type, but makes an integer tensor real if it is
   * real.
   */
  static Tensor binary(BinaryOp op, Tensor a, double b) {
    DType dtype = a.dtype().isFloating() ? a.dtype() : DType.FLOAT32;
    return binary(op, a, Tensor.scalar(dtype, b));
  }

  static Tensor binary(BinaryOp op, Tensor a, long b) {
    boolean real = a.dtype().isFloating(); // where not, a float64 on the way would round b
    Tensor number =
        real ? Tensor.scalar(a.dtype(), b) : Tensor.fromArray(new long[] {b}, new int[0]);
    return binary(op, a, number);
  }

  static Tensor compare(CompareOp op, Tensor a, Tensor b) {
    DType dtype = DType.promote(a.dtype(), b.dtype());
    Shape shape = Shape.broadcast(name(op), a.shape(), b.shape());
    Tensor out = Tensor.empty(DType.BOOL, shape, a);
    Tensor left = a.to(dtype).detach().expand(shape);
    Tensor right = b.to(dtype).detach().expand(shape);
    out.backend().compare(op, left, right, out);
    return out;
  }

  static Tensor compare(CompareOp op, Tensor a, double b) {
    return compare(op, a, Tensor.scalar(typeBeside(a.dtype(), b), b));
  }

  /** The type that a number takes beside a tensor: the tensor's, where it can hold the number. */
  static DType typeBeside(DType dtype, double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p63;
    boolean fits = dtype.isFloating() || dtype == DType.INT64 && whole;
    return fits ? dtype : DType.FLOAT32;
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    if (condition.dtype() != DType.BOOL) {
      throw new NotegradException("where", "the condition is %s, bool expected", condition.dtype());
    }
    DType dtype = DType.promote(a.dtype(), b.dtype());
    return Node.apply(new Where(), condition, a.to(dtype), b.to(dtype));
  }

  /** Where x is at a bound, its gradient passes. */
  static Tensor clamp(Tensor x, double min, double max) {
    Tensor low = where(x.lt(min), bound(x.dtype(), min), x);
    return where(x.gt(max), bound(x.dtype(), max), low);
  }

  /** An infinite bound limits nothing, so that its type does not matter. */
  private static Tensor bound(DType dtype, double bound) {
    return Tensor.scalar(Double.isInfinite(bound) ? dtype : typeBeside(dtype, bound), bound);
  }

  private static String name(Enum<?> op) {
    return op.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static final class Unary extends Node {
    private final UnaryOp op;

    Unary(UnaryOp op) {
      super(op.label());
      this.op = op;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor out = Tensor.empty(x.dtype(), x.shape(), x);
      out.backend().unary(op, x, out);
      switch (op.saves()) {
        case NOTHING -> {}
        case INPUT -> save(x);
        case OUTPUT -> save(out);
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor kept =
          switch (op.saves()) {
            case NOTHING -> null;
            case INPUT, OUTPUT -> saved(0);
          };
      return new Tensor[] {op.derivative().of(gradient, kept)};
    }
  }

  private static final class Binary extends Node {
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
      Tensor out = Tensor.empty(a.dtype(), shape, a);
      out.backend().binary(op, a.expandView(shape), b.expandView(shape), out);
      if (op.savesInputs()) {
        save(a, b);
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor a = op.savesInputs() ? saved(0) : null;
      Tensor b = op.savesInputs() ? saved(1) : null;
      return new Tensor[] {
        needs(0) ? op.left().of(gradient, a, b).sumTo(left) : null,
        needs(1) ? op.right().of(gradient, a, b).sumTo(right) : null
      };
    }
  }

  private static final class Where extends Node {
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
      Tensor out = Tensor.empty(inputs[1].dtype(), shape, condition);
      out.backend()
          .where(
              condition.expandView(shape),
              inputs[1].expandView(shape),
              inputs[2].expandView(shape),
              out);
      save(condition);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor condition = saved(0);
      Tensor zero = Tensor.scalar(gradient.dtype(), 0);
      return new Tensor[] {
        null,
        needs(1) ? where(condition, gradient, zero).sumTo(left) : null,
        needs(2) ? where(condition, zero, gradient).sumTo(right) : null
      };
    }
  }
}
