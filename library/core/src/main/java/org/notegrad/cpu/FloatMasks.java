// DoubleMasks.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.backend.CompareOp;

/**
 * Truth values, a byte each, beside vectors of float32. The loops return how many elements they
 * have done, whole vectors of them; the plain loops do the rest.
 */
final class FloatMasks {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** As many bytes as there are lanes; there is no species of fewer than eight. */
  static final VectorSpecies<Byte> BYTES =
      SPECIES.length() == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  static final boolean FITS = SPECIES.length() == BYTES.length();

  private static final Loop[] LOOPS = new Loop[CompareOp.values().length];

  private FloatMasks() {}

  interface Comparison {
    VectorMask<Float> of(FloatVector a, FloatVector b);
  }

  /** The step is 1, or 0 for an element that is repeated. */
  interface Loop {
    int run(float[] a, int aAt, float[] b, int bAt, int bStep, byte[] out, int outAt, int n);
  }

  static Loop of(CompareOp op) {
    Loop loop = LOOPS[op.ordinal()];
    if (loop == null) {
      loop =
          LOOPS[op.ordinal()] =
              Specialised.copy(
                  MethodHandles.lookup(), FloatCompareTemplate.class, comparison(op), Loop.class);
    }
    return loop;
  }

  private static Comparison comparison(CompareOp op) {
    return switch (op) {
      case EQ -> (a, b) -> a.compare(EQ, b);
      case NE -> (a, b) -> a.compare(NE, b);
      case LT -> (a, b) -> a.compare(LT, b);
      case LE -> (a, b) -> a.compare(LE, b);
      case GT -> (a, b) -> a.compare(GT, b);
      case GE -> (a, b) -> a.compare(GE, b);
    };
  }

  /** Both operands' elements are neighbours. */
  static int where(
      byte[] condition,
      int at,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] out,
      int outAt,
      int n) {
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, b, bAt + i)
          .blend(FloatVector.fromArray(SPECIES, a, aAt + i), mask(condition, at + i))
          .intoArray(out, outAt + i);
    }
    return end;
  }

  /** {@code b} is one number. */
  static int where(
      byte[] condition, int at, float[] a, int aAt, float b, float[] out, int outAt, int n) {
    FloatVector repeated = FloatVector.broadcast(SPECIES, b);
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += SPECIES.length()) {
      repeated
          .blend(FloatVector.fromArray(SPECIES, a, aAt + i), mask(condition, at + i))
          .intoArray(out, outAt + i);
    }
    return end;
  }

  /** {@code a} is one number. */
  static int where(
      byte[] condition, int at, float a, float[] b, int bAt, float[] out, int outAt, int n) {
    FloatVector repeated = FloatVector.broadcast(SPECIES, a);
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, b, bAt + i)
          .blend(repeated, mask(condition, at + i))
          .intoArray(out, outAt + i);
    }
    return end;
  }

  private static VectorMask<Float> mask(byte[] condition, int at) {
    return ByteVector.fromArray(BYTES, condition, at).compare(NE, (byte) 0).cast(SPECIES);
  }
}
