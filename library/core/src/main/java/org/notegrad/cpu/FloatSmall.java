// DoubleSmall.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.cpu.GemmShape.Reads;

/**
 * Products of small float32 matrices, for which packing would take longer than it saves: operands
 * whose rows lie in one piece are read in place. The last tiles overlap those before them, and
 * compute the same once more.
 */
final class FloatSmall {
  private static final GemmShape SHAPE = GemmShape.of(FloatGemm.LANES * Float.SIZE);

  /** By rows and vectors, made when they are first wanted. */
  private static final FloatGemm.Tile[][] TILES =
      new FloatGemm.Tile[SHAPE.rows() + 1][SHAPE.vectors() + 1];

  /**
   * Larger products pay for packing, and sooner with narrower vectors: those take more instructions
   * for the same work, beside which the variable distances weigh more,
   */
  private static final int WORK = FloatGemm.LANES * Float.SIZE == 512 ? 1 << 21 : 1 << 12;

  /** but for those of so few rows. */
  private static final int FEW = 4;

  private FloatSmall() {}

  static boolean takes(FloatProduct x) {
    return (x.work() <= WORK || x.m() <= FEW) && (x.k() <= FloatGemm.K_BLOCK || isInPlace(x));
  }

  /** Whether rows of b can be read where they are. */
  private static boolean isInPlace(FloatProduct x) {
    return x.b() instanceof FloatStrides b
        && b.columnStep() == 1
        && b.rowStep() > 0
        && x.n() >= FloatGemm.LANES
        && b.at() + (long) x.k() * b.rowStep() + x.n() <= Integer.MAX_VALUE;
  }

  /**
   * The rows {@code top} to {@code bottom} and the columns {@code from} to {@code to} of c: all
   * columns, or at least a vector of them.
   */
  static void part(FloatProduct x, int top, int bottom, int from, int to) {
    FloatScratch scratch = FloatScratch.get();
    FloatStrides a = left(x, top, bottom, scratch);
    float[] start = x.bias() == null ? scratch.none() : scratch.bias(x, from, to);
    if (isInPlace(x)) {
      inPlace(x, a, top, bottom, from, to, start);
    } else {
      packed(x, a, top, bottom, from, to, start);
    }
  }

  private static FloatStrides left(FloatProduct x, int top, int bottom, FloatScratch scratch) {
    if (x.a() instanceof FloatStrides a && a.columnStep() == 1) {
      return a;
    }
    int k = x.k();
    float[] rows = scratch.rows((bottom - top) * k);
    x.a().copy(top, 0, bottom - top, k, rows, 0, k);
    return new FloatStrides(rows, -top * k, k, 1);
  }

  private static void inPlace(
      FloatProduct x, FloatStrides a, int top, int bottom, int from, int to, float[] start) {
    var b = (FloatStrides) x.b();
    int whole = (to - from) / FloatGemm.LANES;
    int j = from;
    while (j < to) {
      int width = Math.min(whole, vectors(Math.ceilDiv(to - j, FloatGemm.LANES))) * FloatGemm.LANES;
      int column = Math.min(j, to - width);
      int at = b.index(0, column);
      int c = x.index(top, column);
      int startAt = x.bias() == null ? 0 : column - from;
      strip(
          x.k(),
          a,
          top,
          bottom,
          b.array(),
          at,
          b.rowStep(),
          width,
          start,
          startAt,
          x.c(),
          c,
          x.row());
      j += width;
    }
  }

  /** How many of the vectors to go are the next tile's. */
  private static int vectors(int left) {
    boolean oneOver = left == SHAPE.vectors() + 1;
    return oneOver ? FloatGemm.HALF / FloatGemm.LANES : Math.min(left, SHAPE.vectors());
  }

  private static void packed(
      FloatProduct x, FloatStrides a, int top, int bottom, int from, int to, float[] start) {
    FloatScratch scratch = FloatScratch.get();
    FloatPacked b = scratch.packed(x.b(), 0, x.k(), from, to - from);
    for (int j = from; j < to; j += b.strip()) {
      int length = Math.min(b.strip(), to - j);
      int width = b.widthAt(j);
      int at = b.index(0, j);
      int startAt = x.bias() == null ? 0 : j - from;
      if (length == width) {
        int c = x.index(top, j);
        strip(x.k(), a, top, bottom, b.data(), at, width, width, start, startAt, x.c(), c, x.row());
        continue;
      }
      for (int i = top; i < bottom; i += SHAPE.rows()) {
        int end = Math.min(bottom, i + SHAPE.rows());
        strip(x.k(), a, i, end, b.data(), at, width, width, start, startAt, scratch.tile, 0, width);
        scratch.store(end - i, length, width, x.c(), x.index(i, j), x.row());
      }
    }
  }

  /** Columns of c that one tile is wide. */
  private static void strip(
      int k,
      FloatStrides a,
      int top,
      int bottom,
      float[] b,
      int bAt,
      int bRow,
      int width,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow) {
    int i = top;
    while (i < bottom) {
      int height = height(bottom - i, bottom - top);
      int row = Math.min(i, bottom - height);
      FloatGemm.Tile tile = tile(height, width / FloatGemm.LANES);
      int to = cAt + (row - top) * cRow;
      for (int p = 0; p < k; p += FloatGemm.K_BLOCK) {
        int depth = Math.min(FloatGemm.K_BLOCK, k - p);
        int from = a.index(row, p);
        int q = bAt + p * bRow;
        if (p == 0) {
          tile.run(depth, a.array(), from, a.rowStep(), b, q, bRow, start, startAt, 0, c, to, cRow);
        } else {
          tile.run(depth, a.array(), from, a.rowStep(), b, q, bRow, c, to, cRow, c, to, cRow);
        }
      }
      i += height;
    }
  }

  /** The height of the next tile: a full one, a half or a quarter of it, or 1. */
  private static int height(int left, int all) {
    int height = SHAPE.rows();
    while (height > all || height / 2 >= left) {
      height /= 2;
    }
    return height;
  }

  private static FloatGemm.Tile tile(int height, int vectors) {
    FloatGemm.Tile tile = TILES[height][vectors];
    if (tile == null) {
      tile = FloatGemm.tile(new GemmShape(height, vectors, Reads.IN_PLACE));
      TILES[height][vectors] = tile;
    }
    return tile;
  }
}
