package org.notegrad.cpu;

/**
 * The inner loops of the CPU, over primitive arrays. Two providers implement them: {@link
 * PlainKernels}, which always works and says what is right, and {@link VectorKernels}.
 */
interface CpuKernels extends FloatKernels, DoubleKernels {
  /** For people: {@code "Vector API, 512 bits"}. */
  String describe();
}
