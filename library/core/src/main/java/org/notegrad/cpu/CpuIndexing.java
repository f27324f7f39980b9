package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;

/** Elements chosen by a condition or by an index. */
final class CpuIndexing {
  private CpuIndexing() {}

  static void where(Operand condition, Operand a, Operand b, Operand out) {
    Walk walk = Walk.of(condition.layout(), a.layout(), b.layout(), out.layout());
    byte[] chosen = CpuBackend.bytes(condition);
    int c = walk.step(0);
    int p = walk.step(1);
    int q = walk.step(2);
    int o = walk.step(3);
    walk.forEach(
        CpuBackend.GRAIN,
        (at, n) -> {
          switch (out.dtype()) {
            case FLOAT32 -> {
              float[] left = CpuBackend.floats(a);
              float[] right = CpuBackend.floats(b);
              float[] to = CpuBackend.floats(out);
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            }
            case FLOAT64 -> {
              double[] left = CpuBackend.doubles(a);
              double[] right = CpuBackend.doubles(b);
              double[] to = CpuBackend.doubles(out);
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            }
            case INT64 -> {
              long[] left = CpuBackend.longs(a);
              long[] right = CpuBackend.longs(b);
              long[] to = CpuBackend.longs(out);
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            }
            case BOOL -> {
              byte[] left = CpuBackend.bytes(a);
              byte[] right = CpuBackend.bytes(b);
              byte[] to = CpuBackend.bytes(out);
              for (int i = 0; i < n; i++) {
                boolean first = chosen[at[0] + i * c] != 0;
                to[at[3] + i * o] = first ? left[at[1] + i * p] : right[at[2] + i * q];
              }
            }
          }
        });
  }

  static void crossEntropy(CpuKernels kernels, Operand logits, Operand target, Operand out) {
    int rows = logits.size(0);
    int classes = logits.size(1);
    int from = (int) logits.layout().offset();
    long[] labels = CpuBackend.longs(target);
    int labelsAt = (int) target.layout().offset();
    for (int row = 0; row < rows; row++) {
      checked("crossEntropy", labels[labelsAt + row], classes);
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
                  (float) (kernels.logSumExp(x, at, classes) - x[at + label]);
            } else {
              double[] x = CpuBackend.doubles(logits);
              CpuBackend.doubles(out)[row] = kernels.logSumExp(x, at, classes) - x[at + label];
            }
          }
        });
  }

  private static int checked(String op, long index, int size) {
    if (index < 0 || index >= size) {
      throw new NotegradException(op, "index %d is not in [0, %d)", index, size);
    }
    return (int) index;
  }

  static void gather(Operand x, int dim, Operand index, Operand out) {
    Walk walk = Walk.of(starts(x, dim, index), index.layout(), out.layout());
    int xStep = (int) x.layout().stride(dim);
    int size = x.size(dim);
    long[] indices = CpuBackend.longs(index);
    walk.forEach(
        CpuBackend.GRAIN,
        (at, n) -> {
          for (int i = 0; i < n; i++) {
            int chosen = checked("gather", indices[at[1] + i * walk.step(1)], size);
            int from = at[0] + i * walk.step(0) + chosen * xStep;
            int to = at[2] + i * walk.step(2);
            switch (x.dtype()) {
              case FLOAT32 -> CpuBackend.floats(out)[to] = CpuBackend.floats(x)[from];
              case FLOAT64 -> CpuBackend.doubles(out)[to] = CpuBackend.doubles(x)[from];
              case INT64 -> CpuBackend.longs(out)[to] = CpuBackend.longs(x)[from];
              case BOOL -> CpuBackend.bytes(out)[to] = CpuBackend.bytes(x)[from];
            }
          }
        });
  }

  static void scatterAdd(Operand x, int dim, Operand index, Operand out) {
    Walk walk = Walk.of(starts(out, dim, index), index.layout(), x.layout());
    int outStep = (int) out.layout().stride(dim);
    int size = out.size(dim);
    long[] indices = CpuBackend.longs(index);
    walk.forEach(
        Integer.MAX_VALUE, // in order, on one thread: several sources may meet in one place
        (at, n) -> {
          for (int i = 0; i < n; i++) {
            int chosen = checked("scatterAdd", indices[at[1] + i * walk.step(1)], size);
            int to = at[0] + i * walk.step(0) + chosen * outStep;
            int from = at[2] + i * walk.step(2);
            switch (x.dtype()) {
              case FLOAT32 -> CpuBackend.floats(out)[to] += CpuBackend.floats(x)[from];
              case FLOAT64 -> CpuBackend.doubles(out)[to] += CpuBackend.doubles(x)[from];
              case INT64 -> CpuBackend.longs(out)[to] += CpuBackend.longs(x)[from];
              case BOOL -> CpuBackend.bytes(out)[to] |= CpuBackend.bytes(x)[from];
            }
          }
        });
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
