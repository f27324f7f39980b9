package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** The provider on Java's Vector API, in the species that the processor prefers. */
final class VectorKernels implements CpuKernels, FloatVectors, DoubleVectors {
  @Override
  public String describe() {
    return "Vector API, " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }

  @Override
  public int floatLanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }

  @Override
  public int doubleLanes() {
    return DoubleVector.SPECIES_PREFERRED.length();
  }
}
