// DoubleProduct.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

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
