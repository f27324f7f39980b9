package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Softmax of one contiguous row of float64 whose largest element is finite. */
final class DoubleSoftmax {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private DoubleSoftmax() {}

  /** The sum of {@code exp(x - max)}. */
  static double sumExp(double[] x, int at, int n, double max) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      sum = sum.add(DoubleMath.exp(DoubleVector.fromArray(SPECIES, x, at + i).sub(max)));
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      sum =
          sum.add(DoubleMath.exp(DoubleVector.fromArray(SPECIES, x, at + i, mask).sub(max)), mask);
    }
    return DoubleReduce.lanes(sum);
  }

  static void softmax(double[] x, int at, double[] out, int outAt, int n, double max) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector e = DoubleMath.exp(DoubleVector.fromArray(SPECIES, x, at + i).sub(max));
      e.intoArray(out, outAt + i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      DoubleVector e = DoubleMath.exp(DoubleVector.fromArray(SPECIES, x, at + i, mask).sub(max));
      e.intoArray(out, outAt + i, mask);
      sum = sum.add(e, mask);
    }
    scale(out, outAt, n, (1 / DoubleReduce.lanes(sum)));
  }

  private static void scale(double[] x, int at, int n, double factor) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector.fromArray(SPECIES, x, at + i).mul(factor).intoArray(x, at + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      DoubleVector.fromArray(SPECIES, x, at + i, mask).mul(factor).intoArray(x, at + i, mask);
    }
  }

  static void logSoftmax(double[] x, int at, double[] out, int outAt, int n, double max) {
    double logSum = Math.log(sumExp(x, at, n, max));
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector shifted = DoubleVector.fromArray(SPECIES, x, at + i).sub(max);
      shifted.sub(logSum).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      DoubleVector shifted = DoubleVector.fromArray(SPECIES, x, at + i, mask).sub(max);
      shifted.sub(logSum).intoArray(out, outAt + i, mask);
    }
  }
}
