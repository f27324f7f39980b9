// DoubleBinaryTemplate.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops over one run of two float32 operands; {@link Specialised} for each function. */
final class FloatBinaryTemplate implements VectorLoops.FloatBinaryLoop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorLoops.FloatBinary F =
      Specialised.constant(MethodHandles.lookup(), VectorLoops.FloatBinary.class);

  @Override
  public void run(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (aStep == 1 && bStep == 1) {
      both(a, aAt, b, bAt, out, outAt, n);
    } else if (aStep == 1) {
      right(a, aAt, b[bAt], out, outAt, n);
    } else if (bStep == 1) {
      left(a[aAt], b, bAt, out, outAt, n);
    } else {
      neither(a[aAt], b[bAt], out, outAt, n);
    }
  }

  private static void both(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(FloatVector.fromArray(SPECIES, a, aAt + i), FloatVector.fromArray(SPECIES, b, bAt + i))
          .intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      F.of(
              FloatVector.fromArray(SPECIES, a, aAt + i, mask),
              FloatVector.fromArray(SPECIES, b, bAt + i, mask))
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void right(float[] a, int aAt, float b, float[] out, int outAt, int n) {
    FloatVector repeated = FloatVector.broadcast(SPECIES, b);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(FloatVector.fromArray(SPECIES, a, aAt + i), repeated).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      F.of(FloatVector.fromArray(SPECIES, a, aAt + i, mask), repeated)
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void left(float a, float[] b, int bAt, float[] out, int outAt, int n) {
    FloatVector repeated = FloatVector.broadcast(SPECIES, a);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(repeated, FloatVector.fromArray(SPECIES, b, bAt + i)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      F.of(repeated, FloatVector.fromArray(SPECIES, b, bAt + i, mask))
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void neither(float a, float b, float[] out, int outAt, int n) {
    FloatVector result = F.of(FloatVector.broadcast(SPECIES, a), FloatVector.broadcast(SPECIES, b));
    java.util.Arrays.fill(out, outAt, outAt + n, result.lane(0));
  }
}
