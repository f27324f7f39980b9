package org.notegrad.cpu;

/**
 * The tile of the result that a micro-kernel holds in registers.
 *
 * @param rows at most {@link #MAX_ROWS}
 * @param vectors how many vectors a row has, at most 3
 * @param reads whether a and b are packed
 */
record GemmShape(int rows, int vectors, Reads reads) {
  static final int MAX_ROWS = 8;

  /** How a micro-kernel reads its operands. */
  enum Reads {
    /** Packed, at distances that are constants. */
    PACKED,
    /** As they lie in memory. */
    IN_PLACE
  }

  /**
   * The widest tile whose accumulators, with the vectors they need beside them, fit the registers:
   * AVX-512 has 32, AVX2 16.
   */
  static GemmShape of(int vectorBits) {
    return vectorBits == 512
        ? new GemmShape(8, 3, Reads.PACKED)
        : new GemmShape(6, 2, Reads.PACKED);
  }
}
