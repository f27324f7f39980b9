package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.Layout;

/** Matrix products over leading dimensions. */
final class CpuMatmul {
  private CpuMatmul() {}

  /** {@code out = a b}, or {@code out += a b}; out is contiguous. */
  static void matmul(CpuKernels kernels, Tensor a, Tensor b, Tensor out, boolean accumulate) {
    Layout left = a.layout();
    Layout right = b.layout();
    Layout to = out.layout();
    int rank = out.rank();
    int m = out.size(rank - 2);
    int n = out.size(rank - 1);
    int k = a.size(rank - 1);
    int batches = m * n == 0 ? 0 : (int) (out.numel() / ((long) m * n));
    for (int batch = 0; batch < batches; batch++) {
      int aAt = start(left, out, batch);
      int bAt = start(right, out, batch);
      int cAt = start(to, out, batch);
      switch (out.dtype()) {
        case FLOAT32 ->
            kernels.gemm(
                m,
                n,
                k,
                CpuBackend.floats(a),
                aAt,
                left.stride(rank - 2),
                left.stride(rank - 1),
                CpuBackend.floats(b),
                bAt,
                right.stride(rank - 2),
                right.stride(rank - 1),
                CpuBackend.floats(out),
                cAt,
                to.stride(rank - 2),
                accumulate);
        case FLOAT64 ->
            kernels.gemm(
                m,
                n,
                k,
                CpuBackend.doubles(a),
                aAt,
                left.stride(rank - 2),
                left.stride(rank - 1),
                CpuBackend.doubles(b),
                bAt,
                right.stride(rank - 2),
                right.stride(rank - 1),
                CpuBackend.doubles(out),
                cAt,
                to.stride(rank - 2),
                accumulate);
        case INT64 -> integers(m, n, k, a, aAt, b, bAt, out, cAt);
        case BOOL -> throw new IllegalArgumentException("matmul on " + DType.BOOL);
      }
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
      int m, int n, int k, Tensor a, int aAt, Tensor b, int bAt, Tensor out, int cAt) {
    long[] left = CpuBackend.longs(a);
    long[] right = CpuBackend.longs(b);
    long[] to = CpuBackend.longs(out);
    int rank = out.rank();
    int aRow = a.layout().stride(rank - 2);
    int aCol = a.layout().stride(rank - 1);
    int bRow = b.layout().stride(rank - 2);
    int bCol = b.layout().stride(rank - 1);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        long sum = 0;
        for (int p = 0; p < k; p++) {
          sum += left[aAt + i * aRow + p * aCol] * right[bAt + p * bRow + j * bCol];
        }
        to[cAt + i * out.layout().stride(rank - 2) + j] = sum;
      }
    }
  }
}
