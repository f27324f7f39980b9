package org.notegrad.cpu;

/**
 * The inner loops of the CPU, over primitive arrays. Two providers implement them: {@link
 * PlainKernels}, which always works and says what is right, and {@link VectorKernels}.
 */
interface CpuKernels extends FloatKernels, DoubleKernels {
  /** For people: {@code "Vector API, 512 bits"}. */
  String describe();

  /** How many float32 elements a compiled loop computes at a time; 1 without vectors. */
  int floatLanes();

  /** How many float64 elements a compiled loop computes at a time; 1 without vectors. */
  int doubleLanes();
}
