// DoublePacked.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.Parallel;

/**
 * A matrix on the right of products, in the order in which tiles read it: blocks of {@link
 * FloatGemm#K_BLOCK} rows, in each of them strips of {@link #strip()} columns, each row by row.
 * What a strip lacks to whole vectors is 0. It may be a part of a matrix, and counts rows and
 * columns as that does.
 *
 * @param source what it was packed from
 * @param data from {@link #START} on
 */
record FloatPacked(FloatMatrix source, float[] data, int top, int rows, int left, int columns)
    implements FloatMatrix {
  /**
   * Where packed columns start: an array's elements start 16 bytes after the array, and a large
   * array at a multiple of 64, so that from here on no vector lies in two lines of the cache (a
   * sixth of the speed).
   */
  static final int START = (64 - 16) / Float.BYTES;

  /**
   * What the garbage collector takes for a large array in a heap of up to 32 GB; more than a block
   * of b has.
   */
  private static final int LARGE = (8 << 20) / Float.BYTES;

  private static final int SMALL = (64 << 10) / Float.BYTES;

  /** So many rows are packed across all strips before the next: a is read in its own order. */
  private static final int LINES = 16;

  /** All of a matrix, in an array of its own. */
  static FloatPacked of(FloatMatrix b, int rows, int columns) {
    var packed = new FloatPacked(b, new float[length(rows, columns)], 0, rows, 0, columns);
    packed.fill();
    return packed;
  }

  static int length(int rows, int columns) {
    return Math.toIntExact(START + (long) rows * padded(columns));
  }

  /** An array for that many elements, or more. */
  static float[] reserve(int length) {
    return new float[length > SMALL ? Math.max(LARGE, length) : length];
  }

  private static int padded(int columns) {
    return Math.ceilDiv(columns, FloatGemm.LANES) * FloatGemm.LANES;
  }

  /** How many columns a strip has. */
  int strip() {
    boolean oneOver = padded(columns) == FloatGemm.WIDTH + FloatGemm.LANES;
    return oneOver ? FloatGemm.HALF : FloatGemm.WIDTH;
  }

  /** Behind the last column, and what it lacks to a whole vector. */
  int end() {
    return left + padded(columns);
  }

  /** How wide the rows of the strip at a column are: whole vectors. */
  int widthAt(int column) {
    return Math.min(strip(), end() - column);
  }

  /** Where the strip that starts at a column starts in the block that starts at a row. */
  int index(int row, int column) {
    int depth = Math.min(FloatGemm.K_BLOCK, top + rows - row);
    return START + (row - top) * padded(columns) + (column - left) * depth;
  }

  void fill() {
    for (int block = top; block < top + rows; block += FloatGemm.K_BLOCK) {
      fill(block, left, left + columns);
    }
  }

  /** On all threads. */
  void fillTogether() {
    int strip = strip();
    int strips = Math.ceilDiv(columns, strip);
    Parallel.forRange(
        strips,
        Math.max(1, CpuBackend.GRAIN / (strip * rows)),
        (first, last) -> {
          int from = left + first * strip;
          int to = left + Math.min(columns, last * strip);
          for (int block = top; block < top + rows; block += FloatGemm.K_BLOCK) {
            fill(block, from, to);
          }
        });
  }

  /** The columns {@code from} to {@code to} of one block; {@code from} starts a strip. */
  private void fill(int block, int from, int to) {
    int depth = Math.min(FloatGemm.K_BLOCK, top + rows - block);
    int together = source.isByRows() ? LINES : depth;
    int strip = strip();
    int end = end();
    int first = index(block, from);
    for (int p = 0; p < depth; p += together) {
      int lines = Math.min(together, depth - p);
      for (int j = from; j < to; j += strip) {
        int here = Math.min(strip, to - j);
        int width = Math.min(strip, end - j);
        int at = first + (j - from) * depth + p * width;
        if (here < width) {
          Arrays.fill(data, at, at + lines * width, 0);
        }
        source.copy(block + p, j, lines, here, data, at, width);
      }
    }
  }

  @Override
  public float get(int row, int column) {
    int block = row - (row - top) % FloatGemm.K_BLOCK;
    int strip = column - (column - left) % strip();
    return data[index(block, strip) + (row - block) * widthAt(strip) + column - strip];
  }

  @Override
  public boolean isByRows() {
    return true;
  }

  @Override
  public void copy(int row, int column, int rows, int columns, float[] to, int at, int step) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[at + i * step + j] = get(row + i, column + j);
      }
    }
  }
}
