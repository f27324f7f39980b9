package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums and extremes of contiguous runs of float64. */
final class DoubleReduce {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** So many elements are summed in float64 lanes before they join the float64 total. */
  private static final int BLOCK = 64 * 4 * LANES;

  private static final ThreadLocal<double[]> JOINED =
      ThreadLocal.withInitial(() -> new double[LANES]);

  private DoubleReduce() {}

  static double sum(double[] x, int at, int n) {
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
  private static double blockSum(double[] x, int at, int n) {
    DoubleVector a = DoubleVector.zero(SPECIES);
    DoubleVector b = DoubleVector.zero(SPECIES);
    DoubleVector c = DoubleVector.zero(SPECIES);
    DoubleVector d = DoubleVector.zero(SPECIES);
    for (int i = at; i < at + n; i += 4 * LANES) {
      a = a.add(DoubleVector.fromArray(SPECIES, x, i));
      b = b.add(DoubleVector.fromArray(SPECIES, x, i + LANES));
      c = c.add(DoubleVector.fromArray(SPECIES, x, i + 2 * LANES));
      d = d.add(DoubleVector.fromArray(SPECIES, x, i + 3 * LANES));
    }
    return lanes(a.add(b).add(c.add(d)));
  }

  /** The lanes' sum, always in the same order, which {@code reduceLanes} does not promise. */
  static double lanes(DoubleVector x) {
    double[] lanes = JOINED.get();
    x.intoArray(lanes, 0);
    double total = 0;
    for (double lane : lanes) {
      total += lane;
    }
    return total;
  }

  /** Of whole vectors of columns; returns how many columns that is. */
  static int sumColumns(
      double[] x, int xAt, int rowStep, int rows, double[] out, int outAt, int n) {
    int end = SPECIES.loopBound(n);
    for (int j = 0; j < end; j += LANES) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int i = 0, at = xAt + j; i < rows; i++, at += rowStep) {
        sum = sum.add(DoubleVector.fromArray(SPECIES, x, at));
      }
      sum.intoArray(out, outAt + j);
    }
    return end;
  }

  static double max(double[] x, int at, int n) {
    DoubleVector best = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      best = best.max(DoubleVector.fromArray(SPECIES, x, at + i));
    }
    double result = best.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      result = Math.max(result, x[at + i]);
    }
    return result;
  }

  static double min(double[] x, int at, int n) {
    DoubleVector best = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      best = best.min(DoubleVector.fromArray(SPECIES, x, at + i));
    }
    double result = best.reduceLanes(VectorOperators.MIN);
    for (; i < n; i++) {
      result = Math.min(result, x[at + i]);
    }
    return result;
  }
}
