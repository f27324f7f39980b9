// DoubleTranspose.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rows of float32 become columns, in squares of four. */
final class FloatTranspose {
  private static final VectorSpecies<Float> FOUR =
      VectorSpecies.of(float.class, VectorShape.forBitSize(4 * Float.SIZE));

  /** Whether the processor has vectors of four. */
  private static final boolean FOURS = FloatVector.SPECIES_PREFERRED.length() >= 4;

  private static final VectorShuffle<Float> NEIGHBOURS = VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorShuffle<Float> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorMask<Float> EVEN = VectorMask.fromLong(FOUR, 0b0101);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(FOUR, 0b1010);
  private static final VectorMask<Float> LOW = VectorMask.fromLong(FOUR, 0b0011);
  private static final VectorMask<Float> HIGH = VectorMask.fromLong(FOUR, 0b1100);

  private FloatTranspose() {}

  /**
   * {@code out[j, i] = x[i, j]}: lines of {@code length} neighbours, {@code step} apart, become
   * columns of lines that are {@code outStep} apart.
   */
  static void transpose(
      float[] x, int at, int step, int lines, int length, float[] out, int outAt, int outStep) {
    int together = FOURS ? lines & -4 : 0;
    int squares = length & -4;
    for (int i = 0; i < together; i += 4) {
      squares(x, at + i * step, step, squares, out, outAt + i, outStep);
    }
    for (int i = 0; i < lines; i++) {
      int from = at + i * step;
      for (int j = i < together ? squares : 0; j < length; j++) {
        out[outAt + j * outStep + i] = x[from + j];
      }
    }
  }

  private static void squares(
      float[] x, int at, int step, int length, float[] out, int outAt, int outStep) {
    for (int j = 0; j < length; j += 4) {
      int from = at + j;
      FloatVector r0 = fromArray(FOUR, x, from);
      FloatVector r1 = fromArray(FOUR, x, from + step);
      FloatVector r2 = fromArray(FOUR, x, from + 2 * step);
      FloatVector r3 = fromArray(FOUR, x, from + 3 * step);
      FloatVector a0 = r0.blend(r1.rearrange(NEIGHBOURS), ODD);
      FloatVector a1 = r1.blend(r0.rearrange(NEIGHBOURS), EVEN);
      FloatVector a2 = r2.blend(r3.rearrange(NEIGHBOURS), ODD);
      FloatVector a3 = r3.blend(r2.rearrange(NEIGHBOURS), EVEN);
      int to = outAt + j * outStep;
      a0.blend(a2.rearrange(HALVES), HIGH).intoArray(out, to);
      a1.blend(a3.rearrange(HALVES), HIGH).intoArray(out, to + outStep);
      a2.blend(a0.rearrange(HALVES), LOW).intoArray(out, to + 2 * outStep);
      a3.blend(a1.rearrange(HALVES), LOW).intoArray(out, to + 3 * outStep);
    }
  }
}
