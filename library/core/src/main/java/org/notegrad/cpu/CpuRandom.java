package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.Philox;
import org.notegrad.backend.Widening;

/**
 * Random fills: element {@code i} is a function of the seed and its place, so threads and their
 * number don't matter.
 */
final class CpuRandom {
  private static final double TO_FLOAT = 0x1p-24;
  private static final double TO_DOUBLE = 0x1p-53;

  private CpuRandom() {}

  static void fill(Distribution distribution, long seed, long offset, Operand out) {
    int perCounter =
        switch (out.dtype()) {
          case FLOAT32 -> 4;
          case FLOAT64, INT64 -> 2;
          case BOOL, INT32, FLOAT16, BFLOAT16 ->
              throw new IllegalArgumentException("random " + out.dtype());
        };
    int n = (int) out.numel();
    int counters = (n + perCounter - 1) / perCounter;
    int base = (int) out.layout().offset();
    Parallel.forRange(
        counters,
        CpuBackend.GRAIN / 16,
        (from, to) -> {
          int[] words = new int[4];
          for (int counter = from; counter < to; counter++) {
            Philox.words(seed, offset + counter, words, 0);
            int at = counter * perCounter;
            put(distribution, words, out, base + at, Math.min(perCounter, n - at));
          }
        });
  }

  /**
   * Drawn in the wide type and narrowed: rounded, but for uniform numbers, which are cut to their
   * type's digits, so that none becomes 1.
   */
  static void narrow(
      Backend backend, Distribution distribution, long seed, long offset, Operand out) {
    Widening.into(
        out,
        wide -> {
          backend.random(distribution, seed, offset, wide);
          if (distribution instanceof Distribution.Uniform) {
            cut(CpuBackend.floats(wide), digits(out.dtype()));
          }
        });
  }

  private static double digits(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p11;
      case BFLOAT16 -> 0x1p8;
      case BOOL, INT32, INT64, FLOAT32, FLOAT64 ->
          throw new IllegalArgumentException("uniform " + dtype);
    };
  }

  private static void cut(float[] values, double digits) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.floor(values[i] * digits) / digits);
    }
  }

  private static void put(Distribution distribution, int[] words, Operand out, int at, int count) {
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] to = CpuBackend.floats(out);
        for (int i = 0; i < count; i++) {
          to[at + i] =
              switch (distribution) {
                case Distribution.Uniform() -> (float) uniform(words[i]);
                case Distribution.Normal() -> (float) normal(words, i);
                case Distribution.Integers _ -> throw wrong(distribution, out);
              };
        }
      }
      case FLOAT64 -> {
        double[] to = CpuBackend.doubles(out);
        for (int i = 0; i < count; i++) {
          to[at + i] =
              switch (distribution) {
                case Distribution.Uniform() -> (word64(words, i) >>> 11) * TO_DOUBLE;
                case Distribution.Normal() -> normal64(words, i);
                case Distribution.Integers _ -> throw wrong(distribution, out);
              };
        }
      }
      case INT64 -> {
        long[] to = CpuBackend.longs(out);
        for (int i = 0; i < count; i++) {
          if (!(distribution instanceof Distribution.Integers(long low, long high))) {
            throw wrong(distribution, out);
          }
          to[at + i] = low + Math.unsignedMultiplyHigh(word64(words, i), high - low);
        }
      }
      case BOOL -> throw wrong(distribution, out);
    }
  }

  private static IllegalArgumentException wrong(Distribution distribution, Operand out) {
    return new IllegalArgumentException(distribution + " in " + out.dtype());
  }

  private static double uniform(int word) {
    return (word >>> 8) * TO_FLOAT;
  }

  private static long word64(int[] words, int i) {
    return words[2 * i] & 0xFFFFFFFFL | (long) words[2 * i + 1] << 32;
  }

  /**
   * Words 0 and 1 give elements 0 and 1, words 2 and 3 the others: radius from the first, angle
   * from the second.
   */
  private static double normal(int[] words, int i) {
    int pair = i & ~1;
    double u = ((words[pair] & 0xFFFFFFFFL) + 1) * 0x1p-32; // in (0, 1]: its logarithm is finite
    double angle = 2 * Math.PI * (words[pair + 1] & 0xFFFFFFFFL) * 0x1p-32;
    double radius = Math.sqrt(-2 * Math.log(u));
    return i == pair ? radius * Math.cos(angle) : radius * Math.sin(angle);
  }

  private static double normal64(int[] words, int i) {
    double u = ((word64(words, 0) >>> 11) + 1) * TO_DOUBLE;
    double angle = 2 * Math.PI * (word64(words, 1) >>> 11) * TO_DOUBLE;
    double radius = Math.sqrt(-2 * Math.log(u));
    return i == 0 ? radius * Math.cos(angle) : radius * Math.sin(angle);
  }
}
