// DoubleSoftmax.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Softmax of one contiguous row of float32 whose largest element is finite. */
final class FloatSoftmax {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatSoftmax() {}

  /** The sum of {@code exp(x - max)}, in the order of {@link FloatSums}. */
  static double sumExp(float[] x, int at, int n, float max) {
    float[] block = FloatSums.scratch();
    float[] lanes = FloatSums.lanes();
    double sum = 0;
    for (int i = 0; i < n; i += FloatSums.BLOCK) {
      int length = Math.min(FloatSums.BLOCK, n - i);
      exp(x, at + i, block, 0, length, max);
      sum += FloatReduce.sum(block, 0, length, lanes);
    }
    return sum;
  }

  static void softmax(float[] x, int at, float[] out, int outAt, int n, float max) {
    float[] lanes = FloatSums.lanes();
    double sum = 0;
    for (int i = 0; i < n; i += FloatSums.BLOCK) {
      int length = Math.min(FloatSums.BLOCK, n - i);
      exp(x, at + i, out, outAt + i, length, max);
      sum += FloatReduce.sum(out, outAt + i, length, lanes);
    }
    scale(out, outAt, n, (float) (1 / sum));
  }

  /** {@code out = exp(x - max)}. */
  private static void exp(float[] x, int at, float[] out, int outAt, int n, float max) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector shifted = FloatVector.fromArray(SPECIES, x, at + i).sub(max);
      FloatMath.exp(shifted).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector shifted = FloatVector.fromArray(SPECIES, x, at + i, mask).sub(max);
      FloatMath.exp(shifted).intoArray(out, outAt + i, mask);
    }
  }

  private static void scale(float[] x, int at, int n, float factor) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector.fromArray(SPECIES, x, at + i).mul(factor).intoArray(x, at + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector.fromArray(SPECIES, x, at + i, mask).mul(factor).intoArray(x, at + i, mask);
    }
  }

  static void logSoftmax(float[] x, int at, float[] out, int outAt, int n, float max) {
    float logSum = (float) Math.log(sumExp(x, at, n, max));
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector shifted = FloatVector.fromArray(SPECIES, x, at + i).sub(max);
      shifted.sub(logSum).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector shifted = FloatVector.fromArray(SPECIES, x, at + i, mask).sub(max);
      shifted.sub(logSum).intoArray(out, outAt + i, mask);
    }
  }
}
