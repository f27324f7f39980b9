package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.Layout;

/** Matrix products over leading dimensions. */
final class CpuMatmul {
  private CpuMatmul() {}

  /** Below this many multiply-adds a second thread costs more than it brings. */
  private static final int GRAIN = 1 << 18;

  /** Rows or columns that stay together: a multiple of a micro-kernel's tile. */
  private static final int UNIT = 64;

  /** {@code out = a b}, or {@code out += a b}; out is contiguous. */
  static void matmul(CpuKernels kernels, Tensor a, Tensor b, Tensor out, boolean accumulate) {
    int rank = out.rank();
    int m = out.size(rank - 2);
    int n = out.size(rank - 1);
    int batches = m * n == 0 ? 0 : (int) (out.numel() / ((long) m * n));
    long work = (long) m * n * a.size(rank - 1); // of one product
    if (batches == 1) {
      one(kernels, a, b, out, 0, accumulate, work);
    } else {
      int grain = (int) Math.max(1, GRAIN / Math.max(work, 1));
      Parallel.forRange(
          batches,
          grain,
          (from, to) -> {
            for (int batch = from; batch < to; batch++) {
              one(kernels, a, b, out, batch, accumulate, work);
            }
          });
    }
  }

  /** One matrix of the batch, on several threads by rows or by columns, whichever are more. */
  private static void one(
      CpuKernels kernels,
      Tensor a,
      Tensor b,
      Tensor out,
      int batch,
      boolean accumulate,
      long work) {
    int m = out.size(out.rank() - 2);
    int n = out.size(out.rank() - 1);
    if (work < 2 * GRAIN) {
      part(kernels, a, b, out, batch, 0, m, 0, n, accumulate);
      return;
    }
    boolean byRows = m >= n;
    int length = byRows ? m : n;
    int units = Math.ceilDiv(length, UNIT);
    int grain = (int) Math.max(1, GRAIN / (work / units));
    Parallel.forRange(
        units,
        grain,
        (first, last) -> {
          int from = first * UNIT;
          int to = Math.min(length, last * UNIT);
          if (byRows) {
            part(kernels, a, b, out, batch, from, to, 0, n, accumulate);
          } else {
            part(kernels, a, b, out, batch, 0, m, from, to, accumulate);
          }
        });
  }

  /** Rows {@code top} to {@code bottom} and columns {@code from} to {@code to} of one product. */
  private static void part(
      CpuKernels kernels,
      Tensor a,
      Tensor b,
      Tensor out,
      int batch,
      int top,
      int bottom,
      int from,
      int to,
      boolean accumulate) {
    Layout left = a.layout();
    Layout right = b.layout();
    int rank = out.rank();
    int m = bottom - top;
    int n = to - from;
    int k = a.size(rank - 1);
    int aRow = left.stride(rank - 2);
    int aCol = left.stride(rank - 1);
    int bRow = right.stride(rank - 2);
    int bCol = right.stride(rank - 1);
    int cRow = out.layout().stride(rank - 2);
    int aAt = start(left, out, batch) + top * aRow;
    int bAt = start(right, out, batch) + from * bCol;
    int cAt = start(out.layout(), out, batch) + top * cRow + from;
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] x = CpuBackend.floats(a);
        float[] y = CpuBackend.floats(b);
        float[] z = CpuBackend.floats(out);
        kernels.gemm(m, n, k, x, aAt, aRow, aCol, y, bAt, bRow, bCol, z, cAt, cRow, accumulate);
      }
      case FLOAT64 -> {
        double[] x = CpuBackend.doubles(a);
        double[] y = CpuBackend.doubles(b);
        double[] z = CpuBackend.doubles(out);
        kernels.gemm(m, n, k, x, aAt, aRow, aCol, y, bAt, bRow, bCol, z, cAt, cRow, accumulate);
      }
      case INT64 -> {
        long[] x = CpuBackend.longs(a);
        long[] y = CpuBackend.longs(b);
        integers(m, n, k, x, aAt, aRow, aCol, y, bAt, bRow, bCol, CpuBackend.longs(out), cAt, cRow);
      }
      case BOOL -> throw new IllegalArgumentException("matmul on " + DType.BOOL);
    }
  }

  /** Where the matrix number {@code batch} starts. */
  private static int start(Layout layout, Tensor out, int batch) {
    int at = layout.offset();
    int rest = batch;
    for (int dim = out.rank() - 3; dim >= 0; dim--) {
      at += rest % out.size(dim) * layout.stride(dim);
      rest /= out.size(dim);
    }
    return at;
  }

  private static void integers(
      int m,
      int n,
      int k,
      long[] a,
      int aAt,
      int aRow,
      int aCol,
      long[] b,
      int bAt,
      int bRow,
      int bCol,
      long[] c,
      int cAt,
      int cRow) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        long sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[aAt + i * aRow + p * aCol] * b[bAt + p * bRow + j * bCol];
        }
        c[cAt + i * cRow + j] = sum;
      }
    }
  }
}
