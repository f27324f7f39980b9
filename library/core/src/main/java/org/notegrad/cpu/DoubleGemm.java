package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * The double64 matrix product: blocks of both operands are packed into the order in which the
 * micro-kernel reads them (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008), whatever their strides.
 */
final class DoubleGemm {
  /** One tile of the result. */
  interface Tile {
    /**
     * {@code c = a b} or {@code c += a b} for packed operands: {@code k} columns of a, {@code k}
     * rows of b, of which {@code rows} and {@code columns} are stored.
     */
    void run(
        int k,
        double[] a,
        int aAt,
        double[] b,
        int bAt,
        double[] c,
        int cAt,
        int cRow,
        int rows,
        int columns,
        boolean accumulate);
  }

  private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();
  private static final GemmShape SHAPE =
      GemmShape.of(DoubleVector.SPECIES_PREFERRED.vectorBitSize());
  private static final int ROWS = SHAPE.rows();
  private static final Tile WIDE = tile(SHAPE);
  private static final Tile NARROW = tile(new GemmShape(ROWS, 1));

  /** A strip of b of this many rows, 2 vectors wide, lies in the first-level cache. */
  private static final int K_BLOCK = 256;

  /** A block of a of this many rows lies in the second-level cache. */
  private static final int M_BLOCK = 24 * ROWS;

  /** A block of b of this many columns lies in the third-level cache. */
  private static final int N_BLOCK = 64 * LANES;

  private static final ThreadLocal<double[][]> PACKED =
      ThreadLocal.withInitial(() -> new double[2][0]);

  private DoubleGemm() {}

  private static Tile tile(GemmShape shape) {
    return Specialised.copy(MethodHandles.lookup(), DoubleTile.class, shape, Tile.class);
  }

  static void gemm(
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int aRow,
      int aCol,
      double[] b,
      int bAt,
      int bRow,
      int bCol,
      double[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    if (k == 0 && !accumulate) {
      for (int i = 0; i < m; i++) {
        java.util.Arrays.fill(c, cAt + i * cRow, cAt + i * cRow + n, 0);
      }
      return;
    }
    Tile tile = n <= LANES ? NARROW : WIDE;
    int width = n <= LANES ? LANES : SHAPE.vectors() * LANES;
    int depth = Math.min(k, K_BLOCK);
    double[][] packed = PACKED.get();
    double[] left = packed[0] = grown(packed[0], ceil(Math.min(m, M_BLOCK), ROWS) * depth);
    double[] right = packed[1] = grown(packed[1], ceil(Math.min(n, N_BLOCK), width) * depth);
    for (int j = 0; j < n; j += N_BLOCK) {
      int columns = Math.min(N_BLOCK, n - j);
      for (int p = 0; p < k; p += K_BLOCK) {
        int inner = Math.min(K_BLOCK, k - p);
        packColumns(b, bAt + p * bRow + j * bCol, bRow, bCol, inner, columns, width, right);
        for (int i = 0; i < m; i += M_BLOCK) {
          int rows = Math.min(M_BLOCK, m - i);
          packRows(a, aAt + i * aRow + p * aCol, aRow, aCol, rows, inner, left);
          block(
              tile,
              width,
              rows,
              columns,
              inner,
              left,
              right,
              c,
              cAt + i * cRow + j,
              cRow,
              accumulate || p > 0);
        }
      }
    }
  }

  private static int ceil(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }

  private static double[] grown(double[] array, int length) {
    return array.length >= length ? array : new double[length];
  }

  private static void block(
      Tile tile,
      int width,
      int rows,
      int columns,
      int k,
      double[] left,
      double[] right,
      double[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    for (int j = 0; j < columns; j += width) {
      for (int i = 0; i < rows; i += ROWS) {
        tile.run(
            k,
            left,
            i * k,
            right,
            j * k,
            c,
            cAt + i * cRow + j,
            cRow,
            rows - i,
            columns - j,
            accumulate);
      }
    }
  }

  /** Strips of {@link #ROWS} rows, each column by column; missing rows are 0. */
  private static void packRows(
      double[] a, int at, int rowStep, int colStep, int rows, int columns, double[] packed) {
    for (int i = 0; i < rows; i += ROWS) {
      int here = Math.min(ROWS, rows - i);
      int start = at + i * rowStep;
      for (int r = 0; r < here; r++) {
        int to = i * columns + r;
        int from = start + r * rowStep;
        for (int p = 0; p < columns; p++) {
          packed[to + p * ROWS] = a[from + p * colStep];
        }
      }
      for (int r = here; r < ROWS; r++) {
        int to = i * columns + r;
        for (int p = 0; p < columns; p++) {
          packed[to + p * ROWS] = 0;
        }
      }
    }
  }

  /** Strips of {@code width} columns, each row by row; missing columns are 0. */
  private static void packColumns(
      double[] b,
      int at,
      int rowStep,
      int colStep,
      int rows,
      int columns,
      int width,
      double[] packed) {
    for (int j = 0; j < columns; j += width) {
      int here = Math.min(width, columns - j);
      int to = j * rows;
      int from = at + j * colStep;
      for (int p = 0; p < rows; p++) {
        if (colStep == 1) {
          System.arraycopy(b, from + p * rowStep, packed, to + p * width, here);
        } else {
          for (int q = 0; q < here; q++) {
            packed[to + p * width + q] = b[from + p * rowStep + q * colStep];
          }
        }
        for (int q = here; q < width; q++) {
          packed[to + p * width + q] = 0;
        }
      }
    }
  }
}
