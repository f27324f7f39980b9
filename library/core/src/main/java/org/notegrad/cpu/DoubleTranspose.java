package org.notegrad.cpu;

import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rows of float64 become columns, in squares of four. */
final class DoubleTranspose {
  private static final VectorSpecies<Double> FOUR =
      VectorSpecies.of(double.class, VectorShape.forBitSize(4 * Double.SIZE));

  /** Whether the processor has vectors of four. */
  private static final boolean FOURS = DoubleVector.SPECIES_PREFERRED.length() >= 4;

  private static final VectorShuffle<Double> NEIGHBOURS =
      VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorShuffle<Double> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorMask<Double> EVEN = VectorMask.fromLong(FOUR, 0b0101);
  private static final VectorMask<Double> ODD = VectorMask.fromLong(FOUR, 0b1010);
  private static final VectorMask<Double> LOW = VectorMask.fromLong(FOUR, 0b0011);
  private static final VectorMask<Double> HIGH = VectorMask.fromLong(FOUR, 0b1100);

  private DoubleTranspose() {}

  /**
   * {@code out[j, i] = x[i, j]}: lines of {@code length} neighbours, {@code step} apart, become
   * columns of lines that are {@code outStep} apart.
   */
  static void transpose(
      double[] x, int at, int step, int lines, int length, double[] out, int outAt, int outStep) {
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
      double[] x, int at, int step, int length, double[] out, int outAt, int outStep) {
    for (int j = 0; j < length; j += 4) {
      int from = at + j;
      DoubleVector r0 = fromArray(FOUR, x, from);
      DoubleVector r1 = fromArray(FOUR, x, from + step);
      DoubleVector r2 = fromArray(FOUR, x, from + 2 * step);
      DoubleVector r3 = fromArray(FOUR, x, from + 3 * step);
      DoubleVector a0 = r0.blend(r1.rearrange(NEIGHBOURS), ODD);
      DoubleVector a1 = r1.blend(r0.rearrange(NEIGHBOURS), EVEN);
      DoubleVector a2 = r2.blend(r3.rearrange(NEIGHBOURS), ODD);
      DoubleVector a3 = r3.blend(r2.rearrange(NEIGHBOURS), EVEN);
      int to = outAt + j * outStep;
      a0.blend(a2.rearrange(HALVES), HIGH).intoArray(out, to);
      a1.blend(a3.rearrange(HALVES), HIGH).intoArray(out, to + outStep);
      a2.blend(a0.rearrange(HALVES), LOW).intoArray(out, to + 2 * outStep);
      a3.blend(a1.rearrange(HALVES), LOW).intoArray(out, to + 3 * outStep);
    }
  }
}
