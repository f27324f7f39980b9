// DoubleScratch.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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
    int end = SPECIES.loopBound(x.n());
    VectorMask<Float> rest = SPECIES.indexInRange(end, x.n());
    for (int i = 0; i < x.m(); i++) {
      int c = x.index(i, 0);
      int from = at + i * step;
      for (int j = 0; j < end; j += SPECIES.length()) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x.c(), c + j);
        sum.add(FloatVector.fromArray(SPECIES, y, from + j)).intoArray(x.c(), c + j);
      }
      if (end < x.n()) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x.c(), c + end, rest);
        sum.add(FloatVector.fromArray(SPECIES, y, from + end, rest))
            .intoArray(x.c(), c + end, rest);
      }
    }
  }

  /** What is added to a tile without a bias: -0, which leaves even -0 what it is. */
  float[] none() {
    return none;
  }

  /** Adds {@code start} to {@link #tile}, whose rows are {@code width} apart, and gives it to c. */
  void store(
      int rows,
      int columns,
      int width,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int at,
      int row) {
    int end = SPECIES.loopBound(columns);
    VectorMask<Float> rest = SPECIES.indexInRange(end, columns);
    for (int i = 0; i < rows; i++) {
      int from = startAt + i * startRow;
      int to = at + i * row;
      for (int j = 0; j < end; j += SPECIES.length()) {
        FloatVector sum = FloatVector.fromArray(SPECIES, tile, i * width + j);
        sum.add(FloatVector.fromArray(SPECIES, start, from + j)).intoArray(c, to + j);
      }
      if (end < columns) {
        FloatVector sum = FloatVector.fromArray(SPECIES, tile, i * width + end);
        sum.add(FloatVector.fromArray(SPECIES, start, from + end, rest))
            .intoArray(c, to + end, rest);
      }
    }
  }
}
