// DoubleGemm.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.cpu.GemmShape.Reads;

/**
 * Products of float32 matrices on one thread. In large ones both operands are packed into the order
 * in which the micro-kernel reads them (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008); small ones read in place what allows it.
 *
 * <p>Each element is the sum of the products of the first {@link #K_BLOCK} steps of k, added one by
 * one and rounded once each, to which the bias and the sums of the other blocks are added. So it
 * has the same bits on every path, with every width of vectors and in every part of a result.
 */
final class FloatGemm {
  /** One tile of the result. */
  interface Tile {
    /**
     * {@code c = a b + start}: {@code k} columns of a, {@code k} rows of b. If operands are packed,
     * rows of a are {@link #STRIDE} apart and those of b a tile's width, whatever {@code aRow} and
     * {@code bRow} say. {@code start} may be c.
     */
    void run(
        int k,
        float[] a,
        int aAt,
        int aRow,
        float[] b,
        int bAt,
        int bRow,
        float[] start,
        int startAt,
        int startRow,
        float[] c,
        int cAt,
        int cRow);
  }

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();
  private static final GemmShape SHAPE = GemmShape.of(SPECIES.vectorBitSize());
  private static final int ROWS = SHAPE.rows();
  static final int WIDTH = SHAPE.vectors() * LANES;

  /** About half of {@link #WIDTH} and one vector, which alone would wait for its own sums. */
  static final int HALF = Math.ceilDiv(SHAPE.vectors() + 1, 2) * LANES;

  /**
   * A tile for each number of vectors in a row: the last columns of a matrix may not need them all.
   */
  private static final Tile[] TILES = tiles();

  /** So many steps of k pay for reading and writing a tile. */
  static final int K_BLOCK = 512;

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

  private FloatGemm() {}

  private static Tile[] tiles() {
    Tile[] tiles = new Tile[SHAPE.vectors() + 1];
    for (int vectors = 1; vectors < tiles.length; vectors++) {
      tiles[vectors] = tile(new GemmShape(ROWS, vectors, Reads.PACKED));
    }
    return tiles;
  }

  static Tile tile(GemmShape shape) {
    return Specialised.copy(MethodHandles.lookup(), FloatTile.class, shape, Tile.class);
  }

  /**
   * The rows {@code top} to {@code bottom} and the columns {@code from} to {@code to} of c, for the
   * steps {@code first} to {@code last} of k: what those before gave stands in c.
   */
  static void part(FloatProduct x, int top, int bottom, int from, int to, int first, int last) {
    FloatScratch scratch = FloatScratch.get();
    boolean wide = to - from > N_BLOCK;
    int height = Math.min(bottom - top, wide ? M_BLOCK : M_BLOCK_ONCE);
    float[] a = scratch.rows(Math.ceilDiv(height, ROWS) * ROWS * STRIDE);
    float[] bias = first == 0 ? scratch.bias(x, from, to) : null;
    for (int p = first; p < last; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, last - p);
      FloatPacked b = wide ? null : scratch.packed(x.b(), p, depth, from, to - from);
      for (int i = top; i < bottom; i += height) {
        int rows = Math.min(height, bottom - i);
        x.a().copy(i, p, rows, depth, a, 0, STRIDE);
        for (int j = from; j < to; j += N_BLOCK) {
          int columns = Math.min(N_BLOCK, to - j);
          FloatPacked here = wide ? scratch.packed(x.b(), p, depth, j, columns) : b;
          block(x, a, here, i, rows, p, depth, j, columns, p == 0 ? bias : null, j - from);
        }
      }
    }
  }

  /** Tiles along a row of c, whose rows then stream through the caches: b stays. */
  private static void block(
      FloatProduct x,
      float[] a,
      FloatPacked b,
      int top,
      int rows,
      int p,
      int depth,
      int left,
      int columns,
      float[] bias,
      int biasAt) {
    FloatScratch scratch = FloatScratch.get();
    float[] none = scratch.none();
    float[] start = p > 0 ? x.c() : bias == null ? none : bias;
    int startRow = p > 0 ? x.row() : 0;
    int strip = b.strip();
    int first = b.index(p, left);
    for (int i = 0; i < rows; i += ROWS) {
      int height = Math.min(ROWS, rows - i);
      for (int j = left; j < left + columns; j += strip) {
        int length = Math.min(strip, left + columns - j);
        int width = Math.min(strip, b.end() - j);
        Tile tile = TILES[width / LANES];
        int at = first + (j - left) * depth;
        int c = x.index(top + i, j);
        int startAt = p > 0 ? c : bias == null ? 0 : biasAt + j - left;
        if (height == ROWS && length == width) {
          tile.run(
              depth,
              a,
              i * STRIDE,
              0,
              b.data(),
              at,
              0,
              start,
              startAt,
              startRow,
              x.c(),
              c,
              x.row());
        } else if (p == 0) {
          tile.run(
              depth, a, i * STRIDE, 0, b.data(), at, 0, start, startAt, 0, scratch.tile, 0, width);
          scratch.store(height, length, width, x.c(), c, x.row());
        } else {
          tile.run(depth, a, i * STRIDE, 0, b.data(), at, 0, none, 0, 0, scratch.tile, 0, width);
          scratch.add(height, length, width, x.c(), c, x.row());
        }
      }
    }
  }
}
