package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.Functional;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.ReduceOp;

/** The product over some dimensions. */
final class Prod extends Operation {
  private final Shape kept;
  private final int[] dims;

  /** Over {@code dims}, which have size 1 in {@code kept}. */
  Prod(Shape kept, int[] dims) {
    super("prod");
    this.kept = kept;
    this.dims = dims;
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    Tensor out = Creation.empty(inputs[0].dtype(), kept, inputs[0]);
    of(out).backend().reduce(ReduceOp.PROD, of(inputs[0]), of(out));
    save(inputs[0]);
    return out;
  }

  /** The product of all the others, from both sides, so that zeros do no harm. */
  @Override
  protected Tensor[] backward(Tensor gradient) {
    Tensor x = saved(0);
    if (x.numel() == 0 || dims.length == 0) {
      return new Tensor[] {Views.expand(gradient, x.shape())};
    }
    int[] order = reducedFirst(x.rank());
    Tensor moved = x.permute(order);
    int n = Math.toIntExact(x.numel() / kept.numel());
    Tensor lines = moved.reshape(n, -1);
    Tensor others = before(lines).mul(after(lines)).reshape(moved.shape().toArray());
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return new Tensor[] {others.permute(inverse).mul(gradient)};
  }

  private int[] reducedFirst(int rank) {
    int[] order = new int[rank];
    int first = 0;
    int last = dims.length;
    for (int dim = 0; dim < rank; dim++) {
      boolean reduced = false;
      for (int d : dims) {
        reduced |= d == dim;
      }
      order[reduced ? first++ : last++] = dim;
    }
    return order;
  }

  /** {@code (n, m)}: the product of the lines before each. */
  private static Tensor before(Tensor lines) {
    int n = lines.size(0);
    Tensor zero = Tensor.zerosLike(lines.select(0, 0).unsqueeze(0));
    Tensor factors = Functional.cat(0, zero, lines.narrow(0, 0, n - 1));
    return Recurrence.forwards(factors, start(lines, 0));
  }

  /** {@code (n, m)}: the product of the lines after each. */
  private static Tensor after(Tensor lines) {
    int n = lines.size(0);
    Tensor zero = Tensor.zerosLike(lines.select(0, 0).unsqueeze(0));
    Tensor factors = Functional.cat(0, lines.narrow(0, 1, n - 1), zero);
    return Recurrence.backwards(factors, start(lines, n - 1));
  }

  /** 1 in one line, 0 in the others. */
  private static Tensor start(Tensor lines, int at) {
    Tensor start = Creation.empty(lines.dtype(), Shape.of(lines.size(0), 1), lines);
    start.select(0, at).fillInPlace(1);
    return Views.expand(start, lines.shape());
  }
}
