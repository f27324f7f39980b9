// DoubleGemm.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float32 matrix product: blocks of both operands are packed into the order in which the
 * micro-kernel reads them (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008), whatever their strides.
 */
final class FloatGemm {
  /** One tile of the result. */
  interface Tile {
    /**
     * {@code c = a b}, or {@code c += a b}, for packed operands: {@code k} columns of a, whose rows
     * are {@link #STRIDE} apart, {@code k} rows of b; c's rows are {@code cRow} apart.
     */
    void run(
        int k,
        float[] a,
        int aAt,
        float[] b,
        int bAt,
        float[] c,
        int cAt,
        int cRow,
        boolean accumulate);
  }

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final GemmShape SHAPE = GemmShape.of(SPECIES.vectorBitSize());
  private static final int ROWS = SHAPE.rows();
  private static final int WIDTH = SHAPE.vectors() * LANES;

  /**
   * A tile for each number of vectors in a row: the last columns of a matrix may not need them all.
   */
  private static final Tile[] TILES = tiles();

  /** So many steps of k pay for reading and writing a tile. */
  private static final int K_BLOCK = 512;

  private static final int CACHE_LINE = 64 / Float.BYTES;

  /**
   * Packed rows of a are so far apart: a constant, which the micro-kernel's addresses then hold,
   * and an odd number of lines of the cache, so that the rows of a tile lie in different sets.
   */
  static final int STRIDE = K_BLOCK + CACHE_LINE;

  /** A block of b of this many columns, a multiple of a tile's, lies in the second-level cache. */
  private static final int N_BLOCK = 18 * LANES;

  /** A block of a of this many rows lies in the third-level cache, and meets many blocks of b. */
  private static final int M_BLOCK = 128 * ROWS;

  /** A block of a that meets one block of b lies in the second-level cache beside it. */
  private static final int M_BLOCK_ONCE = 20 * ROWS;

  /**
   * Where packed columns start: an array's elements start 16 bytes after the array, and a large
   * array at a multiple of 64, so that from here on no vector lies in two lines of the cache (a
   * sixth of the speed).
   */
  private static final int START = (64 - 16) / Float.BYTES;

  /**
   * What the garbage collector takes for a large array in a heap of up to 32 GB; more than a block
   * of b has.
   */
  private static final int LARGE = (8 << 20) / Float.BYTES;

  private static final int SMALL = (64 << 10) / Float.BYTES;

  /**
   * So many lines of b are packed across all strips before the next: b is read in its own order.
   */
  private static final int LINES = 16;

  private static final ThreadLocal<FloatGemm> OF_THREAD = ThreadLocal.withInitial(FloatGemm::new);

  private float[] left = {};
  private float[] right = {};
  private final float[] product = new float[ROWS * WIDTH];

  private FloatGemm() {}

  private static Tile[] tiles() {
    Tile[] tiles = new Tile[SHAPE.vectors() + 1];
    for (int vectors = 1; vectors < tiles.length; vectors++) {
      var shape = new GemmShape(ROWS, vectors);
      tiles[vectors] = Specialised.copy(MethodHandles.lookup(), FloatTile.class, shape, Tile.class);
    }
    return tiles;
  }

  /** The width of the strip that starts with {@code columns} columns to go, in whole vectors. */
  private static int width(int columns) {
    return Math.min(WIDTH, Math.ceilDiv(columns, LANES) * LANES);
  }

  static void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int bCol,
      float[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    if (k == 0 && !accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, cAt + i * cRow, cAt + i * cRow + n, 0);
      }
    }
    OF_THREAD
        .get()
        .blocks(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, c, cAt, cRow, accumulate);
  }

  private void blocks(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int bCol,
      float[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    int depth = Math.min(k, K_BLOCK);
    int height = n > N_BLOCK ? M_BLOCK : M_BLOCK_ONCE;
    reserve(
        Math.ceilDiv(Math.min(m, height), ROWS) * ROWS * STRIDE,
        START + Math.ceilDiv(Math.min(n, N_BLOCK), LANES) * LANES * depth);
    for (int p = 0; p < k; p += K_BLOCK) {
      int inner = Math.min(K_BLOCK, k - p);
      for (int i = 0; i < m; i += height) {
        int rows = Math.min(height, m - i);
        packRows(a, aAt + i * aRow + p * aCol, aRow, aCol, rows, inner, left);
        for (int j = 0; j < n; j += N_BLOCK) {
          int columns = Math.min(N_BLOCK, n - j);
          if (i == 0 || n > N_BLOCK) {
            packColumns(b, bAt + p * bRow + j * bCol, bRow, bCol, inner, columns, right);
          }
          block(rows, columns, inner, c, cAt + i * cRow + j, cRow, accumulate || p > 0);
        }
      }
    }
  }

  private void reserve(int forLeft, int forRight) {
    if (left.length < forLeft) {
      left = new float[forLeft];
    }
    if (right.length < forRight) {
      right = new float[forRight > SMALL ? LARGE : forRight];
    }
  }

  /** Tiles along a row of c, whose rows then stream through the caches: b stays. */
  private void block(
      int rows, int columns, int k, float[] c, int cAt, int cRow, boolean accumulate) {
    for (int i = 0; i < rows; i += ROWS) {
      int height = Math.min(ROWS, rows - i);
      for (int j = 0; j < columns; j += WIDTH) {
        int length = Math.min(WIDTH, columns - j);
        int width = width(length);
        Tile tile = TILES[width / LANES];
        int b = START + j * k;
        int at = cAt + i * cRow + j;
        if (height == ROWS && length == width) {
          tile.run(k, left, i * STRIDE, right, b, c, at, cRow, accumulate);
          continue;
        }
        tile.run(k, left, i * STRIDE, right, b, product, 0, width, false);
        if (accumulate) {
          add(height, length, width, product, c, at, cRow);
        } else {
          store(height, length, width, product, c, at, cRow);
        }
      }
    }
  }

  private static void add(
      int rows, int columns, int width, float[] tile, float[] c, int at, int step) {
    int end = SPECIES.loopBound(columns);
    for (int i = 0; i < rows; i++) {
      int to = at + i * step;
      for (int j = 0; j < end; j += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, tile, i * width + j);
        FloatVector.fromArray(SPECIES, c, to + j).add(x).intoArray(c, to + j);
      }
      for (int j = end; j < columns; j++) {
        c[to + j] += tile[i * width + j];
      }
    }
  }

  private static void store(
      int rows, int columns, int width, float[] tile, float[] c, int at, int step) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile, i * width, c, at + i * step, columns);
    }
  }

  /** Rows, {@link #STRIDE} apart. */
  private static void packRows(
      float[] a, int at, int rowStep, int colStep, int rows, int columns, float[] packed) {
    if (colStep == 1) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(a, at + i * rowStep, packed, i * STRIDE, columns);
      }
    } else if (rowStep == 1) {
      FloatTranspose.transpose(a, at, colStep, columns, rows, packed, 0, STRIDE);
    } else {
      packElements(a, at, rowStep, colStep, columns, rows, packed, 0, STRIDE);
    }
  }

  /** Strips of {@link #WIDTH} columns, each row by row; what lies beyond the last column is 0. */
  private static void packColumns(
      float[] b, int at, int rowStep, int colStep, int rows, int columns, float[] packed) {
    for (int j = 0; j < columns; j += WIDTH) {
      int here = Math.min(WIDTH, columns - j);
      int width = width(here);
      int from = at + j * colStep;
      int to = START + j * rows;
      if (here < width) {
        Arrays.fill(packed, to, to + rows * width, 0);
      }
      if (rowStep == 1) {
        FloatTranspose.transpose(b, from, colStep, here, rows, packed, to, width);
      } else if (colStep != 1) {
        packElements(b, from, rowStep, colStep, here, rows, packed, to, width);
      }
    }
    if (colStep == 1 && rowStep != 1) {
      for (int p = 0; p < rows; p += LINES) {
        for (int j = 0; j < columns; j += WIDTH) {
          int here = Math.min(WIDTH, columns - j);
          int to = START + j * rows + p * width(here);
          int from = at + p * rowStep + j;
          packLines(b, from, rowStep, here, Math.min(LINES, rows - p), packed, to, width(here));
        }
      }
    }
  }

  private static void packLines(
      float[] b, int at, int rowStep, int columns, int rows, float[] packed, int to, int width) {
    int end = SPECIES.loopBound(columns);
    for (int p = 0; p < rows; p++) {
      int from = at + p * rowStep;
      int out = to + p * width;
      for (int q = 0; q < end; q += LANES) {
        FloatVector.fromArray(SPECIES, b, from + q).intoArray(packed, out + q);
      }
      for (int q = end; q < columns; q++) {
        packed[out + q] = b[from + q];
      }
    }
  }

  private static void packElements(
      float[] b,
      int at,
      int rowStep,
      int colStep,
      int columns,
      int rows,
      float[] packed,
      int to,
      int width) {
    for (int p = 0; p < rows; p++) {
      for (int q = 0; q < columns; q++) {
        packed[to + p * width + q] = b[at + p * rowStep + q * colStep];
      }
    }
  }
}
