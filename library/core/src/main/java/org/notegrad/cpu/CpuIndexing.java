package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.Shape;
import org.notegrad.backend.IndexException;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;

/** Elements chosen by a condition or by an index. */
final class CpuIndexing {
  private CpuIndexing() {}

  static void where(CpuKernels kernels, Operand condition, Operand a, Operand b, Operand out) {
    Walk walk = Walk.of(condition.layout(), a.layout(), b.layout(), out.layout());
    byte[] chosen = CpuBackend.bytes(condition);
    int c = walk.step(0);
    int p = walk.step(1);
    int q = walk.step(2);
    int o = walk.step(3);
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] left = CpuBackend.floats(a);
        float[] right = CpuBackend.floats(b);
        float[] to = CpuBackend.floats(out);
        walk.forEach(
            CpuBackend.GRAIN,
            (at, n) ->
                kernels.where(chosen, at[0], c, left, at[1], p, right, at[2], q, to, at[3], o, n));
      }
      case FLOAT64 -> {
        double[] left = CpuBackend.doubles(a);
        double[] right = CpuBackend.doubles(b);
        double[] to = CpuBackend.doubles(out);
        walk.forEach(
            CpuBackend.GRAIN,
            (at, n) ->
                kernels.where(chosen, at[0], c, left, at[1], p, right, at[2], q, to, at[3], o, n));
      }
      case INT64 -> {
        long[] left = CpuBackend.longs(a);
        long[] right = CpuBackend.longs(b);
        long[] to = CpuBackend.longs(out);
        walk.forEach(
            CpuBackend.GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            });
      }
      case BOOL -> {
        byte[] left = CpuBackend.bytes(a);
        byte[] right = CpuBackend.bytes(b);
        byte[] to = CpuBackend.bytes(out);
        walk.forEach(
            CpuBackend.GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            });
      }
    }
  }

  static void crossEntropy(CpuKernels kernels, Operand logits, Operand target, Operand out) {
    int rows = logits.size(0);
    int classes = logits.size(1);
    int from = (int) logits.layout().offset();
    long[] labels = CpuBackend.longs(target);
    int labelsAt = (int) target.layout().offset();
    for (int row = 0; row < rows; row++) {
      checked(labels[labelsAt + row], classes);
    }
    boolean single = logits.dtype() == DType.FLOAT32;
    Parallel.forRange(
        rows,
        Math.max(1, CpuBackend.GRAIN / 8 / Math.max(1, classes)),
        (lo, hi) -> {
          for (int row = lo; row < hi; row++) {
            int at = from + row * classes;
            int label = (int) labels[labelsAt + row];
            if (single) {
              float[] x = CpuBackend.floats(logits);
              CpuBackend.floats(out)[row] =
                  (float) loss(kernels.logSumExp(x, at, classes), x[at + label]);
            } else {
              double[] x = CpuBackend.doubles(logits);
              CpuBackend.doubles(out)[row] = loss(kernels.logSumExp(x, at, classes), x[at + label]);
            }
          }
        });
  }

  /** Beside an infinite logit the others' share is unknown, as in logSoftmax. */
  private static double loss(double logSum, double logit) {
    return logSum == Double.POSITIVE_INFINITY ? Double.NaN : logSum - logit;
  }

  private static int checked(long index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexException(index, size);
    }
    return (int) index;
  }

  static void gather(Operand x, int dim, Operand index, Operand out) {
    Walk walk = Walk.of(starts(x, dim, index), index.layout(), out.layout());
    int line = (int) x.layout().stride(dim);
    int size = x.size(dim);
    long[] indices = CpuBackend.longs(index);
    walk.forEach(
        CpuBackend.GRAIN,
        (at, n) -> {
          int same = walk.step(1) == 0 ? n : 1; // neighbours that have one index
          for (int i = 0; i < n; i += same) {
            int chosen = checked(indices[at[1] + i * walk.step(1)], size);
            int from = at[0] + i * walk.step(0) + chosen * line;
            copy(x, from, walk.step(0), out, at[2] + i * walk.step(2), walk.step(2), same);
          }
        });
  }

  private static void copy(Operand x, int from, int step, Operand out, int to, int outStep, int n) {
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] source = CpuBackend.floats(x);
        float[] target = CpuBackend.floats(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
      case FLOAT64 -> {
        double[] source = CpuBackend.doubles(x);
        double[] target = CpuBackend.doubles(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
      case INT64 -> {
        long[] source = CpuBackend.longs(x);
        long[] target = CpuBackend.longs(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
      case INT32 -> {
        int[] source = CpuBackend.ints(x);
        int[] target = CpuBackend.ints(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
      case FLOAT16, BFLOAT16 -> {
        short[] source = CpuBackend.shorts(x);
        short[] target = CpuBackend.shorts(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
      case BOOL -> {
        byte[] source = CpuBackend.bytes(x);
        byte[] target = CpuBackend.bytes(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] = source[from + i * step];
        }
      }
    }
  }

  /**
   * On several threads by ranges of another dimension than the one that is indexed: several sources
   * may meet in one place, and are added there in their order whatever the number of threads.
   */
  static void scatterAdd(Operand x, int dim, Operand index, Operand out) {
    Layout places = starts(out, dim, index);
    int widest = widest(index.shape(), dim);
    if (widest < 0) {
      scatterAdd(x, dim, index, out, Walk.of(places, index.layout(), x.layout()));
      return;
    }
    long others = index.numel() / Math.max(1, index.size(widest));
    Parallel.forRange(
        index.size(widest),
        (int) Math.max(1, CpuBackend.GRAIN / Math.max(1, others)),
        (from, to) -> {
          Layout[] parts = {places, index.layout(), x.layout()};
          for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].slice(widest, from, to - from, 1);
          }
          scatterAdd(x, dim, index, out, Walk.of(parts));
        });
  }

  /** The largest dimension but {@code dim}; -1 if there is none to divide. */
  private static int widest(Shape shape, int dim) {
    int widest = -1;
    for (int d = 0; d < shape.rank(); d++) {
      if (d != dim && shape.size(d) > (widest < 0 ? 1 : shape.size(widest))) {
        widest = d;
      }
    }
    return widest;
  }

  private static void scatterAdd(Operand x, int dim, Operand index, Operand out, Walk walk) {
    int line = (int) out.layout().stride(dim);
    int size = out.size(dim);
    long[] indices = CpuBackend.longs(index);
    walk.forEach(
        Integer.MAX_VALUE, // in order, on this thread
        (at, n) -> {
          int same = walk.step(1) == 0 ? n : 1; // neighbours that have one index
          for (int i = 0; i < n; i += same) {
            int chosen = checked(indices[at[1] + i * walk.step(1)], size);
            int to = at[0] + i * walk.step(0) + chosen * line;
            add(x, at[2] + i * walk.step(2), walk.step(2), out, to, walk.step(0), same);
          }
        });
  }

  private static void add(Operand x, int from, int step, Operand out, int to, int outStep, int n) {
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] source = CpuBackend.floats(x);
        float[] target = CpuBackend.floats(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] += source[from + i * step];
        }
      }
      case FLOAT64 -> {
        double[] source = CpuBackend.doubles(x);
        double[] target = CpuBackend.doubles(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] += source[from + i * step];
        }
      }
      case INT64 -> {
        long[] source = CpuBackend.longs(x);
        long[] target = CpuBackend.longs(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] += source[from + i * step];
        }
      }
      case BOOL -> {
        byte[] source = CpuBackend.bytes(x);
        byte[] target = CpuBackend.bytes(out);
        for (int i = 0; i < n; i++) {
          target[to + i * outStep] |= source[from + i * step];
        }
      }
    }
  }

  /** For each element of {@code index}, where x's line along {@code dim} starts. */
  private static Layout starts(Operand x, int dim, Operand index) {
    Layout layout = x.layout();
    for (int d = 0; d < x.rank(); d++) {
      layout = layout.slice(d, 0, d == dim ? Math.min(1, x.size(d)) : index.size(d), 1);
    }
    if (x.size(dim) == 0) {
      return Layout.contiguous(index.shape()); // no index can be right; each is refused
    }
    return layout.expand(index.shape());
  }
}
