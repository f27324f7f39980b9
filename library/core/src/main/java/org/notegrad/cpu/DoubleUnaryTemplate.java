package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loop over one run of float64; {@link Specialised} for each function. */
final class DoubleUnaryTemplate implements VectorLoops.DoubleUnaryLoop {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorLoops.DoubleUnary F =
      Specialised.constant(MethodHandles.lookup(), VectorLoops.DoubleUnary.class);

  @Override
  public void run(double[] x, int xAt, double[] out, int outAt, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(DoubleVector.fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      F.of(DoubleVector.fromArray(SPECIES, x, xAt + i, mask)).intoArray(out, outAt + i, mask);
    }
  }
}
