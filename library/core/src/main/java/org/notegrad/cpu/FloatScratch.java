// DoubleScratch.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What products keep beside their operands, for each thread. */
final class FloatScratch {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ThreadLocal<FloatScratch> OF_THREAD =
      ThreadLocal.withInitial(FloatScratch::new);

  private float[] rows = {};
  private float[] columns = {};
  private float[] shared = {};
  private float[] result = {};
  private float[] bias = {};
  private final float[] none = new float[FloatGemm.WIDTH];

  /** A tile of which c takes a part. */
  final float[] tile = new float[GemmShape.MAX_ROWS * FloatGemm.WIDTH];

  private FloatScratch() {
    Arrays.fill(none, -0f);
  }

  static FloatScratch get() {
    return OF_THREAD.get();
  }

  /** For packed rows of a. */
  float[] rows(int length) {
    if (rows.length < length) {
      rows = new float[length];
    }
    return rows;
  }

  /** A block of b: as it is if b is packed, or packed here. */
  FloatPacked packed(FloatMatrix b, int row, int depth, int column, int columns) {
    if (b instanceof FloatPacked packed) {
      return packed;
    }
    int length = FloatPacked.length(depth, columns);
    if (this.columns.length < length) {
      this.columns = FloatPacked.reserve(length);
    }
    var packed = new FloatPacked(b, this.columns, row, depth, column, columns);
    packed.fill();
    return packed;
  }

  /** A block of b for all threads, not filled yet. */
  FloatPacked shared(FloatMatrix b, int row, int depth, int column, int columns) {
    int length = FloatPacked.length(depth, columns);
    if (shared.length < length) {
      shared = FloatPacked.reserve(length);
    }
    return new FloatPacked(b, shared, row, depth, column, columns);
  }

  /** For a result that is not c yet. */
  float[] result(int length) {
    if (result.length < length) {
      result = new float[length];
    }
    return result;
  }

  /** Whole vectors with the bias of some columns, or null if there is none. */
  float[] bias(FloatProduct x, int from, int to) {
    if (x.bias() == null) {
      return null;
    }
    int length = to - from + FloatGemm.WIDTH;
    if (bias.length < length) {
      bias = new float[length];
    }
    x.bias().copy(0, from, 1, to - from, bias, 0, 0);
    return bias;
  }

  /** {@code c += y}, whose rows are {@code step} apart. */
  static void add(FloatProduct x, float[] y, int at, int step) {
    for (int i = 0; i < x.m(); i++) {
      add(x.n(), y, at + i * step, x.c(), x.index(i, 0));
    }
  }

  private static void add(int n, float[] y, int at, float[] c, int to) {
    int end = SPECIES.loopBound(n);
    for (int j = 0; j < end; j += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, c, to + j);
      sum.add(FloatVector.fromArray(SPECIES, y, at + j)).intoArray(c, to + j);
    }
    for (int j = end; j < n; j++) {
      c[to + j] += y[at + j];
    }
  }

  /** What is added to a tile without a bias: -0, which leaves even -0 what it is. */
  float[] none() {
    return none;
  }

  /** Gives c its part of {@link #tile}, whose rows are {@code width} apart. */
  void store(int rows, int columns, int width, float[] c, int at, int row) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile, i * width, c, at + i * row, columns);
    }
  }

  /** Adds c's part of {@link #tile} to it. */
  void add(int rows, int columns, int width, float[] c, int at, int row) {
    for (int i = 0; i < rows; i++) {
      add(columns, tile, i * width, c, at + i * row);
    }
  }
}
