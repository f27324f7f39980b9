package org.notegrad.cpu;

import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Packed;
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
    switch (out.dtype()) {
      case FLOAT32 ->
          kernels.matmul(FloatProduct.of(a, FloatStrides.of(b, out, batch), bias, out, batch));
      case FLOAT64 ->
          kernels.matmul(DoubleProduct.of(a, DoubleStrides.of(b, out, batch), bias, out, batch));
      case INT64 -> integers(a, b, bias, out, batch);
      case BOOL, INT32, FLOAT16, BFLOAT16 ->
          throw new IllegalArgumentException("matmul on " + out.dtype());
    }
  }

  /** Of a weight (out, in), which stands on the right of products transposed. */
  static Packed pack(CpuKernels kernels, Operand w) {
    Operand b = w.t();
    int rows = b.size(0);
    int columns = b.size(1);
    return switch (w.dtype()) {
      case FLOAT32 -> new FloatWeight(w, kernels.pack(FloatStrides.of(b, b, 0), rows, columns));
      case FLOAT64 -> new DoubleWeight(w, kernels.pack(DoubleStrides.of(b, b, 0), rows, columns));
      case BOOL, INT32, INT64, FLOAT16, BFLOAT16 ->
          throw new IllegalArgumentException("pack on " + w.dtype());
    };
  }

  /** {@code out = x wᵀ + bias}. */
  static void linear(CpuKernels kernels, Operand x, Packed w, Operand bias, Operand out) {
    switch (w) {
      case FloatWeight p -> kernels.matmul(FloatProduct.of(x, p.matrix(), bias, out, 0));
      case DoubleWeight p -> kernels.matmul(DoubleProduct.of(x, p.matrix(), bias, out, 0));
      default -> matmul(kernels, x, w.weight().t(), bias, out);
    }
  }

  /** Where x has its part of the matrix number {@code batch} of {@code out}. */
  static int start(Operand x, Operand out, int batch) {
    Layout layout = x.layout();
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
    int aAt = start(a, out, batch);
    int bAt = start(b, out, batch);
    int at = start(out, out, batch);
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
