package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops over one run of two float64 operands; {@link Specialised} for each function. */
final class DoubleBinaryTemplate implements VectorLoops.DoubleBinaryLoop {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorLoops.DoubleBinary F =
      Specialised.constant(MethodHandles.lookup(), VectorLoops.DoubleBinary.class);

  @Override
  public void run(
      double[] a,
      int aAt,
      int aStep,
      double[] b,
      int bAt,
      int bStep,
      double[] out,
      int outAt,
      int n) {
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

  private static void both(
      double[] a, int aAt, double[] b, int bAt, double[] out, int outAt, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(DoubleVector.fromArray(SPECIES, a, aAt + i), DoubleVector.fromArray(SPECIES, b, bAt + i))
          .intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      F.of(
              DoubleVector.fromArray(SPECIES, a, aAt + i, mask),
              DoubleVector.fromArray(SPECIES, b, bAt + i, mask))
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void right(double[] a, int aAt, double b, double[] out, int outAt, int n) {
    DoubleVector repeated = DoubleVector.broadcast(SPECIES, b);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(DoubleVector.fromArray(SPECIES, a, aAt + i), repeated).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      F.of(DoubleVector.fromArray(SPECIES, a, aAt + i, mask), repeated)
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void left(double a, double[] b, int bAt, double[] out, int outAt, int n) {
    DoubleVector repeated = DoubleVector.broadcast(SPECIES, a);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
      F.of(repeated, DoubleVector.fromArray(SPECIES, b, bAt + i)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, n);
      F.of(repeated, DoubleVector.fromArray(SPECIES, b, bAt + i, mask))
          .intoArray(out, outAt + i, mask);
    }
  }

  private static void neither(double a, double b, double[] out, int outAt, int n) {
    DoubleVector result =
        F.of(DoubleVector.broadcast(SPECIES, a), DoubleVector.broadcast(SPECIES, b));
    java.util.Arrays.fill(out, outAt, outAt + n, result.lane(0));
  }
}
