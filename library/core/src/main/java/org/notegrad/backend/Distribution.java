package org.notegrad.backend;

/**
 * What {@link Backend#random} draws from. Element {@code i} takes word {@code i % 4} of counter
 * {@code i / 4}.
 */
public sealed interface Distribution {
  /**
   * Real numbers, uniform in [0, 1): the top 24 bits (float32), 11 (float16) or 8 (bfloat16), or 53
   * bits of two words (float64).
   */
  record Uniform() implements Distribution {}

  /**
   * Real numbers, normal with mean 0 and variance 1, by Box and Muller's transform of two words.
   */
  record Normal() implements Distribution {}

  /** Integers, uniform in [low, high), int64 or int32. */
  record Integers(long low, long high) implements Distribution {}
}
