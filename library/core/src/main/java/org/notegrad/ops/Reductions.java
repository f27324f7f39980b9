package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import java.util.Arrays;
import org.notegrad.DType;
import org.notegrad.Dim;
import org.notegrad.Functional;
import org.notegrad.Keep;
import org.notegrad.Node;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.ReduceOp;

/** Reductions over some dimensions, or all. */
public final class Reductions {
  private Reductions() {}

  public static Tensor reduce(ReduceOp op, Tensor x, int[] dims, Keep keep) {
    String name = op.label();
    int[] resolved = resolve(name, x, dims);
    Tensor typed = x.to(Types.of(op, x.dtype()));
    Shape kept = kept(x.shape(), resolved);
    if (op == ReduceOp.MAX || op == ReduceOp.MIN) {
      requireElements(name, x, kept);
    }
    Node node =
        switch (op) {
          case SUM -> new Sum(kept);
          case PROD -> new Prod(kept, resolved);
          case MAX, MIN -> new Extreme(op, kept);
        };
    Tensor out = Node.apply(node, typed);
    return keep == Keep.KEEP ? out : out.reshape(dropped(x.shape(), resolved));
  }

  public static int[] all(Tensor x) {
    int[] dims = new int[x.rank()];
    Arrays.setAll(dims, i -> i);
    return dims;
  }

  /** This and what is composed as it is computed in the wide type, and rounded once. */
  public static Tensor mean(Tensor x, int[] dims, Keep keep) {
    int[] resolved = resolve("mean", x, dims);
    Tensor sum = wide(x).sum(resolved, keep);
    return sum.div((double) count(x, resolved)).to(Types.real(x.dtype()));
  }

  private static Tensor wide(Tensor x) {
    return x.to(Types.real(x.dtype()).wide());
  }

  /** Divides by {@code n - 1}; of one element or none there is no variance: NaN. */
  public static Tensor var(Tensor x, int[] dims, Keep keep) {
    int[] resolved = resolve("var", x, dims);
    return wideVar(x, resolved, keep).to(Types.real(x.dtype()));
  }

  private static Tensor wideVar(Tensor x, int[] dims, Keep keep) {
    Tensor real = wide(x);
    Tensor deviation = real.sub(mean(real, dims, Keep.KEEP));
    return deviation.square().sum(dims, keep).div((double) Math.max(count(x, dims) - 1, 0));
  }

  /** The square root, whose gradient at 0 is 0 instead of infinite. */
  public static Tensor root(Tensor x) {
    Tensor zero = x.eq(0.0);
    Tensor safe = Functional.where(zero, Elementwise.number(x, x.dtype(), 1), x);
    return Elementwise.drop(zero, safe.sqrt());
  }

  public static Tensor std(Tensor x, int[] dims, Keep keep) {
    int[] resolved = resolve("std", x, dims);
    return root(wideVar(x, resolved, keep)).to(Types.real(x.dtype()));
  }

  /** The Euclidean norm; where squares leave their type's range, of elements scaled to 1. */
  public static Tensor norm(Tensor x, int[] dims, Keep keep) {
    Tensor real = wide(x);
    int[] resolved = resolve("norm", x, dims);
    Tensor squares = real.square().sum(resolved, Keep.KEEP);
    boolean plain = x.numel() == 0 || isInRange(squares);
    Tensor norm = plain ? root(squares) : scaledNorm(real, resolved);
    Tensor typed = norm.to(Types.real(x.dtype()));
    return keep == Keep.KEEP ? typed : typed.reshape(dropped(x.shape(), resolved));
  }

  /** The scale counts as a constant: it cancels. */
  private static Tensor scaledNorm(Tensor x, int[] dims) {
    Tensor largest = x.detach().abs().max(dims, Keep.KEEP);
    Tensor usable = largest.isFinite().logicalAnd(largest.ne(0));
    Tensor scale = Functional.where(usable, largest, Tensor.onesLike(largest));
    return root(x.div(scale).square().sum(dims, Keep.KEEP)).mul(scale);
  }

  /** Whether no square was lost or overflowed in these sums of squares. */
  private static boolean isInRange(Tensor squares) {
    double least =
        switch (squares.dtype()) {
          case FLOAT32 -> 0x1p-100;
          case FLOAT64 -> 0x1p-970;
          case BOOL, INT32, INT64, FLOAT16, BFLOAT16 ->
              throw new IllegalArgumentException("norm of " + squares.dtype());
        };
    Tensor plain = squares.detach();
    return plain.ge(least).logicalAnd(plain.isFinite()).all();
  }

  /** Whether any element (MAX of truth values), or all (MIN), are not 0. */
  public static Tensor truth(String name, ReduceOp op, Tensor x, int[] dims, Keep keep) {
    int[] resolved = resolve(name, x, dims);
    Tensor truth = x.to(DType.BOOL).detach();
    Tensor out = Creation.empty(DType.BOOL, kept(x.shape(), resolved), x);
    if (x.numel() > 0) {
      of(out).backend().reduce(op, of(truth), of(out));
    } else {
      out.fillInPlace(op.neutral() > 0 ? 1 : 0); // all of nothing are true, none is
    }
    return keep == Keep.KEEP ? out : out.reshape(dropped(x.shape(), resolved));
  }

  /** Of all elements in row-major order. */
  public static Tensor arg(ArgOp op, Tensor x) {
    requireElements(op.label(), x, Shape.SCALAR);
    return arg(op, x.detach().flatten(), 0, Keep.DROP);
  }

  public static Tensor arg(ArgOp op, Tensor x, int dim, Keep keep) {
    int at = Dim.resolve(op.label(), dim, x.shape());
    Shape kept = kept(x.shape(), x.rank() == 0 ? new int[0] : new int[] {at});
    requireElements(op.label(), x, kept);
    Tensor out = Creation.empty(DType.INT64, kept, x);
    of(out).backend().argReduce(op, of(x), at, of(out));
    return keep == Keep.KEEP || x.rank() == 0 ? out : out.squeeze(at);
  }

  private static void requireElements(String name, Tensor x, Shape kept) {
    if (x.numel() == 0 && kept.numel() != 0) {
      throw new ShapeException(name, x.shape(), "there is no element to choose");
    }
  }

  /** Sums the dimensions in which {@code x} was broadcast from {@code target}. */
  public static Tensor sumTo(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    int added = x.rank() - target.rank();
    int[] dims = new int[x.rank()];
    int count = 0;
    for (int dim = 0; dim < x.rank(); dim++) {
      if (dim < added || target.size(dim - added) == 1 && x.shape().size(dim) != 1) {
        dims[count++] = dim;
      }
    }
    Tensor summed = x.sum(Arrays.copyOf(dims, count), Keep.KEEP);
    return summed.reshape(target.toArray());
  }

  static int[] resolve(String op, Tensor x, int[] dims) {
    int[] resolved = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      resolved[i] = Dim.resolve(op, dims[i], x.shape());
      for (int j = 0; j < i; j++) {
        if (resolved[j] == resolved[i]) {
          throw new ShapeException(
              op, x.shape(), "dim %d stands twice in %s", dims[i], Arrays.toString(dims));
        }
      }
    }
    return x.rank() == 0 ? new int[0] : resolved;
  }

  private static Shape kept(Shape shape, int[] dims) {
    int[] sizes = shape.toArray();
    for (int dim : dims) {
      sizes[dim] = 1;
    }
    return Shape.of(sizes);
  }

  private static int[] dropped(Shape shape, int[] dims) {
    int[] rest = new int[shape.rank() - dims.length];
    int at = 0;
    for (int dim = 0; dim < shape.rank(); dim++) {
      boolean gone = false;
      for (int reduced : dims) {
        gone |= reduced == dim;
      }
      if (!gone) {
        rest[at++] = shape.size(dim);
      }
    }
    return rest;
  }

  private static long count(Tensor x, int[] dims) {
    long count = 1;
    for (int dim : dims) {
      count *= x.shape().size(dim);
    }
    return count;
  }

  private static Tensor run(ReduceOp op, Tensor x, Shape kept) {
    Tensor out = Creation.empty(x.dtype(), kept, x);
    of(out).backend().reduce(op, of(x), of(out));
    return out;
  }

  private static final class Sum extends Operation {
    private final Shape kept;
    private Shape source;

    Sum(Shape kept) {
      super("sum");
      this.kept = kept;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      source = inputs[0].shape();
      return run(ReduceOp.SUM, inputs[0], kept);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {Views.expand(gradient, source)};
    }
  }

  /** Equal extremes share the gradient equally; where the result is NaN, all NaNs do. */
  private static final class Extreme extends Operation {
    private final ReduceOp op;
    private final Shape kept;

    Extreme(ReduceOp op, Shape kept) {
      super(op.label());
      this.op = op;
      this.kept = kept;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor out = run(op, inputs[0], kept);
      save(inputs[0], out);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor x = saved(0);
      Tensor chosen = x.eq(saved(1)).logicalOr(x.isNaN());
      Tensor count = sumTo(chosen.to(gradient.dtype()), kept);
      return new Tensor[] {Elementwise.keep(chosen, gradient.div(count))};
    }
  }
}
