// DoubleArgs.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.ArgOp;

/** Where the first NaN of float32 is, or else the first extreme. */
final class FloatArgs implements Partials {
  /** So many rows have numbers that are exact in float32. */
  private static final int ROWS = 1 << 20;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[2][STRIP]);

  private final FloatKernels kernels;
  private final float sign;
  private final float[] x;
  private final long[] out;
  private final float[] best;
  private final int[] places;

  FloatArgs(FloatKernels kernels, ArgOp op, float[] x, long[] out, int count) {
    this.kernels = kernels;
    sign = FloatSums.sign(op);
    this.x = x;
    this.out = out;
    best = new float[count];
    places = new int[count];
    clear(0, count);
  }

  @Override
  public void clear(int from, int to) {
    Arrays.fill(places, from, to, NOWHERE);
  }

  @Override
  public void rows(int at, int rowStep, int rows, int step, int n, int first, int to) {
    float[] block = FloatSums.scratch();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i += FloatSums.BLOCK) {
        int length = Math.min(FloatSums.BLOCK, n - i);
        int from = at + row * rowStep + i * step;
        if (step == 1) {
          int place = kernels.first(x, from, length, sign);
          join(sign * x[from + place], first + i + place, to + row);
        } else {
          FloatStrided.gather(x, from, step, block, length);
          int place = kernels.first(block, 0, length, sign);
          join(sign * block[place], first + i + place, to + row);
        }
      }
    }
  }

  @Override
  public void columns(int at, int rowStep, int rows, int n, int first, int together, int to) {
    float[][] scratch = SCRATCH.get();
    int results = n / together;
    for (int i = 0; i < rows; i += ROWS) {
      int count = Math.min(ROWS, rows - i);
      kernels.firstRows(x, at + i * rowStep, rowStep, count, n, sign, scratch[0], scratch[1]);
      for (int j = 0; j < n; j++) {
        int row = first + (i + (int) scratch[1][j]) * together + j / results;
        join(scratch[0][j], row, to + j);
      }
    }
  }

  @Override
  public void join(int from, int to) {
    join(best[from], places[from], to);
  }

  /** Of equal ones, and of NaN, the first wins, in whatever order they come. */
  private void join(float value, int place, int to) {
    boolean nothing = places[to] == NOWHERE;
    boolean as = !nothing && Float.compare(value + 0f, best[to] + 0f) == 0; // -0 is as good as 0
    if (nothing || (as ? place < places[to] : FloatSums.better(value, best[to]))) {
      best[to] = value;
      places[to] = place;
    }
  }

  @Override
  public void store(int from, int n, int outAt, int outStep) {
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = places[from + i];
    }
  }
}
