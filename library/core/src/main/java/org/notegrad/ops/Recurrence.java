package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.Functional;
import org.notegrad.Node;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;

/**
 * The linear recurrence {@code h[i] = a[i] h[i - 1] + b[i]} along the first of two dimensions, with
 * 0 before the first. Its gradient is one in the other direction, so cumulative products have
 * derivatives of any order that divide by nothing.
 */
final class Recurrence extends Operation {
  private final boolean reverse;

  private Recurrence(boolean reverse) {
    super("recurrence");
    this.reverse = reverse;
  }

  static Tensor forwards(Tensor a, Tensor b) {
    return Node.apply(new Recurrence(false), a, b);
  }

  /** {@code h[i] = a[i] h[i + 1] + b[i]}. */
  static Tensor backwards(Tensor a, Tensor b) {
    return Node.apply(new Recurrence(true), a, b);
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    Tensor h = Creation.empty(inputs[1].dtype(), inputs[1].shape(), inputs[1]);
    int n = h.size(0);
    Operand previous = null;
    for (int i = 0; i < n; i++) {
      int line = reverse ? n - 1 - i : i;
      Operand next = line(h, line);
      if (previous == null) {
        next.backend().copy(line(inputs[1], line), next);
      } else {
        next.backend().binary(BinaryOp.MUL, line(inputs[0], line), previous, next);
        next.backend().binary(BinaryOp.ADD, next, line(inputs[1], line), next);
      }
      previous = next;
    }
    save(inputs[0], needs(0) ? h : null);
    return h;
  }

  private static Operand line(Tensor x, int i) {
    Layout layout = of(x).layout();
    return of(x).with(layout.select(0, i));
  }

  @Override
  protected Tensor[] backward(Tensor gradient) {
    Tensor factors = shifted(saved(0), !reverse);
    Tensor arrived = reverse ? forwards(factors, gradient) : backwards(factors, gradient);
    return new Tensor[] {
      needs(0) ? arrived.mul(shifted(saved(1), reverse)) : null, needs(1) ? arrived : null
    };
  }

  /** Each line in the place of the one before it (or after it), zeros where there is none. */
  private static Tensor shifted(Tensor x, boolean up) {
    int n = x.size(0);
    Tensor zero = Tensor.zerosLike(x.narrow(0, 0, 1));
    return up
        ? Functional.cat(0, x.narrow(0, 1, n - 1), zero)
        : Functional.cat(0, zero, x.narrow(0, 0, n - 1));
  }
}
