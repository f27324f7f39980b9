package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Node;
import org.notegrad.PackedWeight;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Operand;

/** Matrix products. */
public final class Products {
  private Products() {}

  /**
   * {@code (..., m, k) x (..., k, n) -> (..., m, n)}; leading dimensions broadcast; a vector counts
   * as a row on the left and as a column on the right, and its dimension goes.
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    Checks.given("matmul", "tensor", b);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException("matmul", a.shape(), b.shape(), "a scalar is no matrix; use mul");
    }
    Tensor left = a.rank() == 1 ? a.unsqueeze(0) : a;
    Tensor right = b.rank() == 1 ? b.unsqueeze(1) : b;
    int k1 = left.size(-1);
    int k2 = right.size(-2);
    if (k1 != k2) {
      throw new ShapeException(
          "matmul", a.shape(), b.shape(), "inner dimensions %d and %d differ", k1, k2);
    }
    if (!Shape.canBroadcast(leading(left), leading(right))) {
      throw new ShapeException(
          "matmul",
          a.shape(),
          b.shape(),
          "leading dimensions %s and %s can't be broadcast",
          leading(left),
          leading(right));
    }
    DType dtype = Types.product(a.dtype(), b.dtype());
    Tensor out = product(left.to(dtype), right.to(dtype));
    if (a.rank() == 1) {
      out = out.squeeze(-2);
    }
    return b.rank() == 1 ? out.squeeze(-1) : out;
  }

  private static Tensor product(Tensor a, Tensor b) {
    if (a.rank() > 2 && b.rank() == 2) { // (..., m, k) x (k, n): one tall product
      int[] sizes = a.shape().toArray();
      Tensor tall = Node.apply(new Matmul(), rows(a), b);
      sizes[sizes.length - 1] = b.size(-1);
      return tall.reshape(sizes);
    }
    Shape batch = Shape.broadcast("matmul", leading(a), leading(b));
    return Node.apply(new Matmul(), batched(a, batch), batched(b, batch));
  }

  /** {@code (..., k) -> (m, k)}; k may be 0. */
  private static Tensor rows(Tensor x) {
    int k = x.size(-1);
    return x.reshape(Math.toIntExact(x.shape().with(-1, 1).numel()), k);
  }

  private static Shape leading(Tensor x) {
    return Shape.of(java.util.Arrays.copyOf(x.shape().toArray(), x.rank() - 2));
  }

  private static Tensor batched(Tensor x, Shape batch) {
    int[] sizes = java.util.Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    sizes[batch.rank()] = x.size(-2);
    sizes[batch.rank() + 1] = x.size(-1);
    return Views.expand(x, Shape.of(sizes));
  }

  public static Tensor linear(Tensor x, Tensor w, Tensor b) {
    return linear(new Linear(null), x, w, b);
  }

  public static Tensor linear(Tensor x, PackedWeight w, Tensor b) {
    return linear(new Linear(w), x, w.weight(), b);
  }

  private static Tensor linear(Linear node, Tensor x, Tensor w, Tensor b) {
    Checks.given("linear", "input", x);
    Checks.given("linear", "weight", w);
    if (x.rank() == 0 || w.rank() != 2) {
      throw new ShapeException("linear", x.shape(), w.shape(), "(..., in) x (out, in) expected");
    }
    if (x.size(-1) != w.size(1)) {
      throw new ShapeException(
          "linear",
          x.shape(),
          w.shape(),
          "features: the weight takes %d, the input has %d",
          w.size(1),
          x.size(-1));
    }
    if (b != null && (b.rank() != 1 || b.size(0) != w.size(0))) {
      throw new ShapeException(
          "linear", w.shape(), b.shape(), "(out, in) and a bias of (out,) expected");
    }
    DType products = Types.product(x.dtype(), w.dtype());
    DType dtype = b == null ? products : Types.of(BinaryOp.ADD, products, b.dtype());
    Tensor rows = x.rank() == 2 ? x : rows(x);
    Tensor out =
        b == null
            ? Node.apply(node, rows.to(dtype), w.to(dtype))
            : Node.apply(node, rows.to(dtype), w.to(dtype), b.to(dtype));
    return x.rank() == 2 ? out : out.reshape(x.shape().with(-1, w.size(0)).toArray());
  }

  private static final class Matmul extends Operation {
    Matmul() {
      super("matmul");
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor a = inputs[0];
      Tensor b = inputs[1];
      Tensor out = Creation.empty(a.dtype(), a.shape().with(-1, b.size(-1)), a);
      of(out).backend().matmul(of(a), of(b), of(out));
      save(needs(1) ? a : null, needs(0) ? b : null);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {
        needs(0) ? gradient.matmul(saved(1).transpose(-1, -2)) : null,
        needs(1) ? saved(0).transpose(-1, -2).matmul(gradient) : null
      };
    }
  }

  private static final class Linear extends Operation {
    private final PackedWeight packed;

    /**
     * @param packed what holds the weight, or null
     */
    Linear(PackedWeight packed) {
      super("linear");
      this.packed = packed;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor w = inputs[1];
      Tensor b = inputs.length == 3 ? inputs[2] : null;
      Tensor out = Creation.empty(x.dtype(), Shape.of(x.size(0), w.size(0)), x);
      Operand bias = b == null ? null : of(b);
      if (packed != null && packed.weight().dtype() == w.dtype()) {
        of(out).backend().linear(of(x), packed.packed(), bias, of(out));
      } else {
        of(out).backend().linear(of(x), of(w), bias, of(out));
      }
      save(needs(1) ? x : null, needs(0) ? w : null);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor gx = needs(0) ? gradient.matmul(saved(1)) : null;
      Tensor gw = needs(1) ? gradient.t().matmul(saved(0)) : null;
      if (inputs().size() == 2) {
        return new Tensor[] {gx, gw};
      }
      return new Tensor[] {gx, gw, needs(2) ? gradient.sum(0) : null};
    }
  }
}
