// DoubleUnaryTemplate.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loop over one run of float32; {@link Specialised} for each function. */
final class FloatUnaryTemplate implements VectorLoops.FloatUnaryLoop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorLoops.FloatUnary F =
      Specialised.constant(MethodHandles.lookup(), VectorLoops.FloatUnary.class);

  @Override
  public void run(float[] x, int xAt, float[] out, int outAt, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(FloatVector.fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      F.of(FloatVector.fromArray(SPECIES, x, xAt + i, mask)).intoArray(out, outAt + i, mask);
    }
  }
}
