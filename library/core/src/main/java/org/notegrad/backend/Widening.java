package org.notegrad.backend;

import java.util.function.Consumer;

/**
 * How a backend computes in types that it only stores: operands are widened to the type that {@link
 * org.notegrad.DType#wide} names, computed there, and results narrowed again, elementwise
 * operations block by block. A backend must be able to copy from and to those types, and to fill,
 * choose and gather in them.
 */
public final class Widening {
  /** Elements of a block: the wide copies of three operands stay in the second-level cache. */
  private static final int BLOCK = 1 << 14;

  private Widening() {}

  /** Whether x's type is one that is stored only. */
  public static boolean applies(Operand x) {
    return x.dtype().wide() != x.dtype();
  }

  /** x in its wide type; itself if it has it. */
  public static Operand wide(Operand x) {
    if (!applies(x)) {
      return x;
    }
    Operand wide = empty(x);
    x.backend().copy(x, wide);
    return wide;
  }

  private static Operand empty(Operand x) {
    return Operand.of(x.backend().allocate(x.dtype().wide(), x.numel()), x.shape());
  }

  /** Computes into a wide operand of out's shape, and narrows it to out. */
  public static void into(Operand out, Consumer<Operand> computation) {
    if (!applies(out)) {
      computation.accept(out);
      return;
    }
    Operand wide = empty(out);
    computation.accept(wide);
    out.backend().copy(wide, out);
  }

  /**
   * Computes an elementwise operation block by block: {@code computation} gets a block of each
   * operand, all wide, the last of which it fills.
   */
  public static void blocks(Consumer<Operand[]> computation, Operand... operands) {
    blocks(computation, operands, 0, true);
  }

  private static void blocks(
      Consumer<Operand[]> computation, Operand[] operands, int dim, boolean parallel) {
    Operand first = operands[0];
    if (first.numel() <= BLOCK || dim == first.rank()) {
      if (first.numel() > 0) {
        block(computation, operands);
      }
      return;
    }
    int size = first.size(dim);
    int length = Math.clamp(BLOCK / (first.numel() / size), 1, size);
    int parts = Math.ceilDiv(size, length);
    int grain = parallel ? 1 : parts;
    Parallel.forRange(
        parts,
        grain,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            int start = part * length;
            Operand[] sliced = new Operand[operands.length];
            for (int i = 0; i < sliced.length; i++) {
              Layout layout = operands[i].layout();
              int count = Math.min(length, size - start);
              sliced[i] = operands[i].with(layout.slice(dim, start, count, 1));
            }
            blocks(computation, sliced, dim + 1, false);
          }
        });
  }

  private static void block(Consumer<Operand[]> computation, Operand[] operands) {
    Operand[] wide = new Operand[operands.length];
    int last = operands.length - 1;
    for (int i = 0; i < last; i++) {
      wide[i] = wide(operands[i]);
    }
    into(
        operands[last],
        out -> {
          wide[last] = out;
          computation.accept(wide);
        });
  }
}
