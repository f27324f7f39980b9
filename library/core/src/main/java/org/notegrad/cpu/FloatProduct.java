// DoubleProduct.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.Operand;

/**
 * {@code c = a b + bias}: {@code (m, k) x (k, n) -> (m, n)}.
 *
 * @param b may be packed: a {@link FloatPacked}
 * @param bias of one row, or null
 * @param c its columns are neighbours
 */
record FloatProduct(
    int m,
    int n,
    int k,
    FloatMatrix a,
    FloatMatrix b,
    FloatMatrix bias,
    float[] c,
    int at,
    int row) {
  /** The product that gives the matrix number {@code batch} of {@code out}. */
  static FloatProduct of(Operand a, FloatMatrix b, Operand bias, Operand out, int batch) {
    int rank = out.rank();
    return new FloatProduct(
        out.size(rank - 2),
        out.size(rank - 1),
        a.size(rank - 1),
        FloatStrides.of(a, out, batch),
        b,
        bias == null ? null : FloatStrides.of(bias, out, batch),
        CpuBackend.floats(out),
        CpuMatmul.start(out, out, batch),
        (int) out.layout().stride(rank - 2));
  }

  int index(int i, int j) {
    return at + i * row + j;
  }

  /** Multiply-adds. */
  long work() {
    return (long) m * n * k;
  }

  /** The same product with another b. */
  FloatProduct with(FloatMatrix other) {
    return new FloatProduct(m, n, k, a, other, bias, c, at, row);
  }
}
