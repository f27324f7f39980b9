// DoubleCompareTemplate.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of a comparison of two float32 operands; {@link Specialised} for each. */
final class FloatCompareTemplate implements FloatMasks.Loop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final FloatMasks.Comparison F =
      Specialised.constant(MethodHandles.lookup(), FloatMasks.Comparison.class);

  @Override
  public int run(float[] a, int aAt, float[] b, int bAt, int bStep, byte[] out, int outAt, int n) {
    return bStep == 1 ? both(a, aAt, b, bAt, out, outAt, n) : right(a, aAt, b[bAt], out, outAt, n);
  }

  private static int both(float[] a, int aAt, float[] b, int bAt, byte[] out, int outAt, int n) {
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += SPECIES.length()) {
      FloatVector left = FloatVector.fromArray(SPECIES, a, aAt + i);
      store(F.of(left, FloatVector.fromArray(SPECIES, b, bAt + i)), out, outAt + i);
    }
    return end;
  }

  private static int right(float[] a, int aAt, float b, byte[] out, int outAt, int n) {
    FloatVector repeated = FloatVector.broadcast(SPECIES, b);
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += SPECIES.length()) {
      store(F.of(FloatVector.fromArray(SPECIES, a, aAt + i), repeated), out, outAt + i);
    }
    return end;
  }

  private static void store(VectorMask<Float> mask, byte[] out, int at) {
    ByteVector.zero(FloatMasks.BYTES)
        .blend((byte) 1, mask.cast(FloatMasks.BYTES))
        .intoArray(out, at);
  }
}
