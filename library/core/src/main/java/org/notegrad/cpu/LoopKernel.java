package org.notegrad.cpu;

/** The compiled loop of a {@link org.notegrad.backend.Program} over runs of its operands. */
interface LoopKernel {
  /**
   * Computes {@code n} elements.
   *
   * @param arrays of the inputs, then of the outputs
   * @param at where in each array the run starts
   * @param numbers the program's run-time numbers
   */
  void run(Object[] arrays, int[] at, double[] numbers, int n);
}
