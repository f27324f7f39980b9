package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums and extremes of contiguous runs of float32. */
final class FloatReduce {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** As many float32 as there are float64 in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.length() * Float.SIZE));

  /** So many elements are summed in float32 lanes before they join the float64 total. */
  private static final int BLOCK = 64 * 4 * LANES;

  private static final ThreadLocal<float[]> JOINED =
      ThreadLocal.withInitial(() -> new float[LANES]);

  private FloatReduce() {}

  static double sum(float[] x, int at, int n) {
    double total = 0;
    int i = 0;
    int end = n / (4 * LANES) * (4 * LANES);
    while (i < end) {
      int blockEnd = Math.min(end, i + BLOCK);
      total += blockSum(x, at + i, blockEnd - i);
      i = blockEnd;
    }
    for (; i < n; i++) {
      total += x[at + i];
    }
    return total;
  }

  /** Of a multiple of 4 vectors. */
  private static double blockSum(float[] x, int at, int n) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    for (int i = at; i < at + n; i += 4 * LANES) {
      a = a.add(FloatVector.fromArray(SPECIES, x, i));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + LANES));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
    }
    return lanes(a.add(b).add(c.add(d)));
  }

  /** The lanes' sum, always in the same order, which {@code reduceLanes} does not promise. */
  static double lanes(FloatVector x) {
    float[] lanes = JOINED.get();
    x.intoArray(lanes, 0);
    double total = 0;
    for (float lane : lanes) {
      total += lane;
    }
    return total;
  }

  /** Of whole vectors of columns; returns how many columns that is. */
  static int sumColumns(float[] x, int xAt, int rowStep, int rows, float[] out, int outAt, int n) {
    int step = DOUBLES.length();
    int end = DOUBLES.loopBound(n);
    for (int j = 0; j < end; j += step) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int i = 0, at = xAt + j; i < rows; i++, at += rowStep) {
        sum = sum.add(FloatVector.fromArray(HALF, x, at).convertShape(F2D, DOUBLES, 0));
      }
      ((FloatVector) sum.convertShape(D2F, HALF, 0)).intoArray(out, outAt + j);
    }
    return end;
  }

  static float max(float[] x, int at, int n) {
    FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      best = best.max(FloatVector.fromArray(SPECIES, x, at + i));
    }
    float result = best.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      result = Math.max(result, x[at + i]);
    }
    return result;
  }

  static float min(float[] x, int at, int n) {
    FloatVector best = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      best = best.min(FloatVector.fromArray(SPECIES, x, at + i));
    }
    float result = best.reduceLanes(VectorOperators.MIN);
    for (; i < n; i++) {
      result = Math.min(result, x[at + i]);
    }
    return result;
  }
}
