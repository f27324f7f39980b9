package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Dim;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.TopK;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;

/** The best elements along a dimension. */
public final class Selection {
  private static final int GRAIN = 1 << 13;

  private Selection() {}

  /** The first {@code k} in order; of equal ones the first come first. */
  public static TopK topK(Tensor x, int k, int dim, TopK.Order order) {
    if (x.rank() == 0) {
      TopK one = topK(x.reshape(1), k, dim, order);
      return k == 0 ? one : new TopK(one.values().squeeze(0), one.indices().squeeze(0));
    }
    int at = Dim.resolve("topk", dim, x.shape());
    if (k < 0 || k > x.size(at)) {
      throw new ShapeException(
          "topk", x.shape(), "%d elements are not in dimension %d of size %d", k, at, x.size(at));
    }
    Tensor last = x.detach().transpose(at, -1);
    Tensor indices = indices(last, k, order).transpose(at, -1).contiguous();
    return new TopK(x.gather(at, indices), indices);
  }

  /** {@code (..., n) -> (..., k)}, chosen on the heap: any device's elements come and go. */
  private static Tensor indices(Tensor x, int k, TopK.Order order) {
    Shape shape = x.shape().with(-1, k);
    int n = x.size(-1);
    int rows = n == 0 ? 0 : Math.toIntExact(x.numel() / n);
    long[] keys = keys(x, order);
    long[] chosen = new long[Math.toIntExact(shape.numel())];
    Parallel.forRange(
        rows,
        Math.max(1, GRAIN / Math.max(1, n)),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            best(keys, row * n, n, chosen, row * k, k);
          }
        });
    Backend backend = of(x).backend();
    return Operand.of(backend.fromArray(DType.INT64, chosen), shape).tensor();
  }

  /** Integers in the order of the elements, the best the largest. */
  private static long[] keys(Tensor x, TopK.Order order) {
    long[] keys;
    if (x.dtype().isFloating()) {
      double[] values = x.toDoubleArray();
      keys = new long[values.length];
      for (int i = 0; i < keys.length; i++) {
        long bits = Double.doubleToLongBits(values[i] + 0.0); // -0 and 0 are equal
        keys[i] = bits ^ bits >> 63 & Long.MAX_VALUE;
      }
    } else {
      keys = x.toLongArray();
    }
    for (int i = 0; order == TopK.Order.SMALLEST && i < keys.length; i++) {
      keys[i] = ~keys[i];
    }
    return keys;
  }

  /** A heap of the best so far, the worst of them on top, then taken apart from the back. */
  private static void best(long[] keys, int at, int n, long[] chosen, int to, int k) {
    if (k == 0) {
      return;
    }
    int[] heap = new int[k];
    for (int i = 0; i < k; i++) {
      heap[i] = at + i;
    }
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(keys, heap, i, k);
    }
    for (int i = at + k; i < at + n; i++) {
      if (keys[i] > keys[heap[0]]) { // an equal one came first
        heap[0] = i;
        sink(keys, heap, 0, k);
      }
    }
    for (int size = k; size > 0; size--) {
      chosen[to + size - 1] = heap[0] - at;
      heap[0] = heap[size - 1];
      sink(keys, heap, 0, size - 1);
    }
  }

  private static void sink(long[] keys, int[] heap, int start, int size) {
    int parent = start;
    for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && worse(keys, heap[child + 1], heap[child])) {
        child++;
      }
      if (!worse(keys, heap[child], heap[parent])) {
        return;
      }
      int moved = heap[parent];
      heap[parent] = heap[child];
      heap[child] = moved;
      parent = child;
    }
  }

  private static boolean worse(long[] keys, int a, int b) {
    return keys[a] < keys[b] || keys[a] == keys[b] && a > b;
  }
}
