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

  /** The sum of {@code exp(x - max)}. */
  static double sumExp(float[] x, int at, int n, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      sum = sum.add(FloatMath.exp(FloatVector.fromArray(SPECIES, x, at + i).sub(max)));
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      sum = sum.add(FloatMath.exp(FloatVector.fromArray(SPECIES, x, at + i, mask).sub(max)), mask);
    }
    return FloatReduce.lanes(sum);
  }

  static void softmax(float[] x, int at, float[] out, int outAt, int n, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector e = FloatMath.exp(FloatVector.fromArray(SPECIES, x, at + i).sub(max));
      e.intoArray(out, outAt + i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector e = FloatMath.exp(FloatVector.fromArray(SPECIES, x, at + i, mask).sub(max));
      e.intoArray(out, outAt + i, mask);
      sum = sum.add(e, mask);
    }
    scale(out, outAt, n, (float) (1 / FloatReduce.lanes(sum)));
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
