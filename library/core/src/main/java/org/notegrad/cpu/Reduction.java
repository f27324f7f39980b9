package org.notegrad.cpu;

import java.util.function.IntFunction;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Parallel;

/**
 * How a reduction goes through its operand: results fall into strips, and the elements of a strip,
 * where there are few strips, into chunks, whose partial results are joined in order. All that
 * depends on the operand's shape and strides, and not on the number of threads.
 *
 * <p>Dimensions are taken in the order in which they lie in memory. Where neighbours are kept,
 * whole rows of a strip are joined, of few columns several rows together; or else one result's
 * elements after the other's.
 */
final class Reduction {
  /** More threads than this get nothing to do. */
  private static final int TASKS = 64;

  /** Fewer elements are not worth a chunk of their own. */
  private static final int CHUNK = 65_536;

  /** With so many neighbours a pass over a row is worth its start. */
  private static final int WIDE = 256;

  private final Walk outer;
  private final Walk inner;
  private final int base;
  private final int results;
  private final int size;
  private final boolean columns;
  private final int strip;
  private final int strips;

  /** How many elements, or runs of them, are in a chunk. */
  private final int chunk;

  private final int chunks;

  /** How many rows of few columns are joined as one. */
  private final int together;

  /** Of the dimensions of x in which {@code out} has size 1. */
  Reduction(Layout x, Layout out) {
    int kept = 0;
    for (int dim = 0; dim < x.rank(); dim++) {
      kept += x.size(dim) == out.size(dim) ? 1 : 0;
    }
    int[] order = order(x, out, kept);
    outer = Walk.along(order, 0, kept, x, out);
    inner = Walk.along(order, kept, x.rank(), x);
    base = (int) x.offset();
    results = outer.numel();
    size = inner.numel();
    columns = outer.step(0) == 1 && outer.length() > 1 && inner.step(0) != 1;
    together = columns && inner.step(0) == outer.length() ? together() : 1;
    strip = Math.max(1, Math.min(outer.length(), columns ? evenStrip() : CHUNK / (size + 1)));
    strips = Math.ceilDiv(outer.length(), strip);
    long wanted = Math.min(TASKS / Math.max(1, tasks()), (long) strip * size / CHUNK);
    int units = inner.runs() == 1 ? size : inner.runs();
    int whole = inner.runs() > 1 ? 1 : columns ? FloatSums.ROWS : FloatSums.BLOCK;
    int even = Math.ceilDiv(units, (int) Math.max(1, wanted));
    chunk = Math.max(1, Math.ceilDiv(even, whole) * whole);
    chunks = Math.max(1, Math.ceilDiv(units, chunk));
  }

  /** Equal strips of whole vectors. */
  private int evenStrip() {
    int count = Math.ceilDiv(outer.length(), Partials.STRIP);
    return Math.ceilDiv(Math.ceilDiv(outer.length(), count), 16) * 16;
  }

  /** So many that there are enough neighbours, and still some rows. */
  private int together() {
    boolean few = outer.length() < WIDE / 4;
    return few ? Math.max(1, Math.min(WIDE / outer.length(), inner.length() / 8)) : 1;
  }

  private int tasks() {
    return outer.runs() * strips;
  }

  /** What is kept, then what goes, each from the farthest steps to the nearest. */
  private static int[] order(Layout x, Layout out, int kept) {
    int[] order = new int[x.rank()];
    int first = 0;
    int last = kept;
    for (int dim = 0; dim < x.rank(); dim++) {
      if (x.size(dim) == out.size(dim)) {
        insert(order, 0, first++, dim, x);
      } else {
        insert(order, kept, last++, dim, x);
      }
    }
    return order;
  }

  private static void insert(int[] order, int from, int at, int dim, Layout x) {
    int to = at;
    while (to > from && distance(x, order[to - 1]) < distance(x, dim)) {
      order[to] = order[to - 1];
      to--;
    }
    order[to] = dim;
  }

  /** An element that is repeated can stand outermost. */
  private static long distance(Layout x, int dim) {
    long step = Math.abs(x.stride(dim));
    return step == 0 ? Long.MAX_VALUE : step;
  }

  /** Runs it on all threads; {@code partials} makes room for so many results. */
  void run(IntFunction<Partials> partials) {
    if (results == 0) {
      return;
    }
    long work = Math.max(1, (long) strip * size / chunks);
    int grain = (int) Math.max(1, CpuBackend.GRAIN / work);
    if (chunks == 1) {
      Parallel.forRange(
          tasks(), grain, (from, to) -> whole(partials.apply(strip * together), from, to));
      return;
    }
    int slots = results * together;
    Partials parts = partials.apply(chunks * slots);
    Parallel.forRange(tasks() * chunks, grain, (from, to) -> chunks(parts, from, to));
    int length = outer.length();
    int[] at = new int[2];
    for (int run = 0; run < outer.runs(); run++) {
      int to = run * length * together;
      for (int i = 1; i < chunks; i++) {
        for (int j = to; j < to + length; j++) {
          parts.join(i * slots + j, j);
        }
      }
      outer.start(run, at);
      parts.store(to, length, at[1], outer.step(1));
    }
  }

  /** Strips whose elements are all joined by one thread. */
  private void whole(Partials parts, int from, int to) {
    int[] at = new int[2];
    for (int task = from; task < to; task++) {
      int first = task % strips * strip;
      int n = Math.min(strip, outer.length() - first);
      outer.start(task / strips, at);
      parts.clear(0, n * together);
      fold(parts, 0, at[0] + first * outer.step(0), n, 0);
      parts.store(0, n, at[1] + first * outer.step(1), outer.step(1));
    }
  }

  private void chunks(Partials parts, int from, int to) {
    int[] at = new int[2];
    for (int i = from; i < to; i++) {
      int task = i / chunks;
      int run = task / strips;
      int first = task % strips * strip;
      int n = Math.min(strip, outer.length() - first);
      outer.start(run, at);
      int result = (i % chunks * results + run * outer.length()) * together + first;
      fold(parts, result, at[0] + first * outer.step(0), n, i % chunks);
    }
  }

  /**
   * Joins one chunk of the elements of {@code n} results, the first of which start at {@code at}.
   */
  private void fold(Partials parts, int result, int at, int n, int number) {
    int from = number * chunk;
    int shift = at - base;
    if (size == 0) {
      return;
    }
    if (inner.runs() == 1) {
      int length = Math.min(chunk, size - from);
      piece(parts, result, at + from * inner.step(0), n, length, from);
    } else {
      int to = Math.min(inner.runs(), from + chunk);
      inner.runs(from, to, (start, length) -> piece(parts, result, start[0] + shift, n, length, 0));
    }
    for (int i = n; i < n * together; i++) {
      parts.join(result + i, result + i % n);
    }
  }

  private void piece(Partials parts, int result, int at, int n, int length, int first) {
    if (columns) {
      int step = inner.step(0);
      int wide = together == 1 ? 0 : length / together;
      if (wide > 0) {
        parts.columns(at, step * together, wide, n * together, first, together, result);
      }
      int done = wide * together;
      if (done < length) {
        parts.columns(at + done * step, step, length - done, n, first + done, 1, result);
      }
    } else {
      parts.rows(at, outer.step(0), n, inner.step(0), length, first, result);
    }
  }
}
