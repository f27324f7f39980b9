// DoubleScratch.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

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
  private float[] bias = {};
  private final float[] zeros = new float[FloatGemm.WIDTH];

  /** A tile of which c takes a part. */
  final float[] tile = new float[GemmShape.MAX_ROWS * FloatGemm.WIDTH];

  private FloatScratch() {}

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
    var packed = new FloatPacked(this.columns, row, depth, column, columns);
    packed.fill(b);
    return packed;
  }

  /** A block of b for all threads, not filled yet. */
  FloatPacked shared(int row, int depth, int column, int columns) {
    int length = FloatPacked.length(depth, columns);
    if (shared.length < length) {
      shared = FloatPacked.reserve(length);
    }
    return new FloatPacked(shared, row, depth, column, columns);
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

  /** What a tile starts from without a bias. */
  float[] zeros() {
    return zeros;
  }

  /** Gives c its part of {@link #tile}, whose rows are {@code width} apart. */
  void store(int rows, int columns, int width, float[] c, int at, int row, boolean accumulate) {
    for (int i = 0; i < rows; i++) {
      if (accumulate) {
        add(tile, i * width, c, at + i * row, columns);
      } else {
        System.arraycopy(tile, i * width, c, at + i * row, columns);
      }
    }
  }

  private static void add(float[] x, int at, float[] c, int cAt, int n) {
    int end = SPECIES.loopBound(n);
    for (int j = 0; j < end; j += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, c, cAt + j);
      sum.add(FloatVector.fromArray(SPECIES, x, at + j)).intoArray(c, cAt + j);
    }
    for (int j = end; j < n; j++) {
      c[cAt + j] += x[at + j];
    }
  }
}
