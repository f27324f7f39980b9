// DoubleStrided.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

/**
 * Runs of float32 whose elements do not lie side by side: blocks of them are gathered, computed,
 * scattered.
 */
final class FloatStrided {
  private static final int BLOCK = 512;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[3][BLOCK]);

  private FloatStrided() {}

  static void unary(
      VectorLoops.FloatUnaryLoop loop,
      float[] x,
      int xAt,
      int xStep,
      float[] out,
      int outAt,
      int outStep,
      int n) {
    float[][] blocks = SCRATCH.get();
    for (int i = 0; i < n; i += BLOCK) {
      int length = Math.min(BLOCK, n - i);
      gather(x, xAt + i * xStep, xStep, blocks[0], length);
      loop.run(blocks[0], 0, blocks[2], 0, length);
      scatter(blocks[2], out, outAt + i * outStep, outStep, length);
    }
  }

  static void binary(
      VectorLoops.FloatBinaryLoop loop,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int outAt,
      int outStep,
      int n) {
    float[][] blocks = SCRATCH.get();
    for (int i = 0; i < n; i += BLOCK) {
      int length = Math.min(BLOCK, n - i);
      gather(a, aAt + i * aStep, aStep, blocks[0], length);
      gather(b, bAt + i * bStep, bStep, blocks[1], length);
      loop.run(blocks[0], 0, 1, blocks[1], 0, 1, blocks[2], 0, length);
      scatter(blocks[2], out, outAt + i * outStep, outStep, length);
    }
  }

  static void gather(float[] x, int at, int step, float[] block, int n) {
    for (int i = 0; i < n; i++) {
      block[i] = x[at + i * step];
    }
  }

  private static void scatter(float[] block, float[] out, int at, int step, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = block[i];
    }
  }
}
