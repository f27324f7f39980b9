package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The transposing kernels beside one loop: every size around the squares of four, at odd places,
 * with gaps, with lines that overlap and with one line repeated. The arrays end where the last
 * element lies, and what lies between must stay.
 */
class TransposeTest {
  private static final int LARGEST = 18;
  private static final int AT = 3;
  private static final int OUT_AT = 5;

  private interface Sizes {
    void check(int lines, int length, int step, int outStep);
  }

  private static void forAllSizes(Sizes sizes) {
    for (int lines = 0; lines <= LARGEST; lines++) {
      for (int length = 0; length <= LARGEST; length++) {
        for (int step : new int[] {0, 1, length, length + 3}) {
          for (int gap : new int[] {0, 1, 6}) {
            sizes.check(lines, length, step, lines + gap);
          }
        }
      }
    }
  }

  /** One more than the last of {@code lines} times {@code length} places, {@code step} apart. */
  private static int end(int at, int step, int lines, int length) {
    return lines == 0 || length == 0 ? at : at + (lines - 1) * step + length;
  }

  /** For each place in the result, the place in the source that it comes from, or -1. */
  private static int[] sources(int lines, int length, int step, int outStep) {
    int[] sources = new int[end(OUT_AT, outStep, length, lines)];
    Arrays.fill(sources, -1);
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < length; j++) {
        sources[OUT_AT + j * outStep + i] = AT + i * step + j;
      }
    }
    return sources;
  }

  @Test
  void float32LinesBecomeColumnsAndNothingElseIsWritten() {
    forAllSizes((lines, length, step, outStep) -> {
      float[] x = new float[end(AT, step, lines, length)];
      for (int i = 0; i < x.length; i++) {
        x[i] = i;
      }
      int[] sources = sources(lines, length, step, outStep);
      float[] expected = new float[sources.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = sources[i]; // x holds its own indices
      }
      float[] out = new float[sources.length];
      Arrays.fill(out, -1);
      FloatTranspose.transpose(x, AT, step, lines, length, out, OUT_AT, outStep);
      assertArrayEquals(expected, out, () -> context(lines, length, step, outStep));
    });
  }

  @Test
  void float64LinesBecomeColumnsAndNothingElseIsWritten() {
    forAllSizes((lines, length, step, outStep) -> {
      double[] x = IntStream.range(0, end(AT, step, lines, length)).asDoubleStream().toArray();
      int[] sources = sources(lines, length, step, outStep);
      double[] expected = Arrays.stream(sources).asDoubleStream().toArray();
      double[] out = new double[sources.length];
      Arrays.fill(out, -1);
      DoubleTranspose.transpose(x, AT, step, lines, length, out, OUT_AT, outStep);
      assertArrayEquals(expected, out, () -> context(lines, length, step, outStep));
    });
  }

  private static String context(int lines, int length, int step, int outStep) {
    return "%d lines of %d, %d apart, to columns %d apart".formatted(lines, length, step, outStep);
  }
}
