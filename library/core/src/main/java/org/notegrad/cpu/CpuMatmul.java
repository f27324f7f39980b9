package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;

/** Matrix products over leading dimensions. */
final class CpuMatmul {
  private CpuMatmul() {}

  /** Below this many multiply-adds a second thread costs more than it brings. */
  private static final int GRAIN = 1 << 18;

  /** {@code out = a b + bias}; the bias is of one row, or null; out is contiguous. */
  static void matmul(CpuKernels kernels, Operand a, Operand b, Operand bias, Operand out) {
    int rank = out.rank();
    long size = (long) out.size(rank - 2) * out.size(rank - 1);
    if (size == 0) {
      return;
    }
    int batches = (int) (out.numel() / size);
    long work = Math.max(1, size * a.size(rank - 1)); // of one product
    Parallel.forRange(
        batches,
        batches == 1 ? 2 : (int) Math.max(1, GRAIN / work),
        (from, to) -> {
          for (int batch = from; batch < to; batch++) {
            one(kernels, a, b, bias, out, batch);
          }
        });
  }

  private static void one(
      CpuKernels kernels, Operand a, Operand b, Operand bias, Operand out, int batch) {
    int rank = out.rank();
    int m = out.size(rank - 2);
    int n = out.size(rank - 1);
    int k = a.size(rank - 1);
    int at = start(out.layout(), out, batch);
    int row = (int) out.layout().stride(rank - 2);
    switch (out.dtype()) {
      case FLOAT32 ->
          kernels.matmul(
              new FloatProduct(
                  m,
                  n,
                  k,
                  floats(a, out, batch),
                  floats(b, out, batch),
                  bias == null ? null : floats(bias, out, batch),
                  CpuBackend.floats(out),
                  at,
                  row));
      case FLOAT64 ->
          kernels.matmul(
              new DoubleProduct(
                  m,
                  n,
                  k,
                  doubles(a, out, batch),
                  doubles(b, out, batch),
                  bias == null ? null : doubles(bias, out, batch),
                  CpuBackend.doubles(out),
                  at,
                  row));
      case INT64 -> integers(a, b, bias, out, batch);
      case BOOL -> throw new IllegalArgumentException("matmul on " + DType.BOOL);
    }
  }

  private static FloatMatrix floats(Operand x, Operand out, int batch) {
    Layout layout = x.layout();
    int rank = layout.rank();
    return new FloatStrides(
        CpuBackend.floats(x),
        start(layout, out, batch),
        (int) layout.stride(rank - 2),
        (int) layout.stride(rank - 1));
  }

  private static DoubleMatrix doubles(Operand x, Operand out, int batch) {
    Layout layout = x.layout();
    int rank = layout.rank();
    return new DoubleStrides(
        CpuBackend.doubles(x),
        start(layout, out, batch),
        (int) layout.stride(rank - 2),
        (int) layout.stride(rank - 1));
  }

  /** Where the matrix number {@code batch} starts. */
  private static int start(Layout layout, Operand out, int batch) {
    int at = (int) layout.offset();
    int rest = batch;
    for (int dim = out.rank() - 3; dim >= 0; dim--) {
      at += rest % out.size(dim) * (int) layout.stride(dim);
      rest /= out.size(dim);
    }
    return at;
  }

  private static void integers(Operand a, Operand b, Operand bias, Operand out, int batch) {
    int rank = out.rank();
    int m = out.size(rank - 2);
    int n = out.size(rank - 1);
    int k = a.size(rank - 1);
    long[] x = CpuBackend.longs(a);
    long[] y = CpuBackend.longs(b);
    long[] z = CpuBackend.longs(out);
    int aRow = (int) a.layout().stride(rank - 2);
    int aCol = (int) a.layout().stride(rank - 1);
    int bRow = (int) b.layout().stride(rank - 2);
    int bCol = (int) b.layout().stride(rank - 1);
    int aAt = start(a.layout(), out, batch);
    int bAt = start(b.layout(), out, batch);
    int at = start(out.layout(), out, batch);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        long sum =
            bias == null
                ? 0
                : CpuBackend.longs(bias)[
                    (int) bias.layout().offset() + j * (int) bias.layout().stride(rank - 1)];
        for (int p = 0; p < k; p++) {
          sum += x[aAt + i * aRow + p * aCol] * y[bAt + p * bRow + j * bCol];
        }
        z[at + i * n + j] = sum;
      }
    }
  }
}
