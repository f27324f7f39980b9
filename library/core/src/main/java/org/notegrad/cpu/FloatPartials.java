// DoublePartials.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.ReduceOp;

/** Partial results of float32, in float64. */
final class FloatPartials implements Partials {
  private final FloatKernels kernels;
  private final ReduceOp op;
  private final float[] x;
  private final float[] out;
  private final double[] results;

  FloatPartials(FloatKernels kernels, ReduceOp op, float[] x, float[] out, int count) {
    this.kernels = kernels;
    this.op = op;
    this.x = x;
    this.out = out;
    results = new double[count];
    clear(0, count);
  }

  @Override
  public void clear(int from, int to) {
    Arrays.fill(results, from, to, op.neutral());
  }

  @Override
  public void rows(int at, int rowStep, int rows, int step, int n, int first, int to) {
    if (step == 1) {
      kernels.reduceRows(op, x, at, rowStep, rows, n, results, to);
      return;
    }
    float[] block = FloatSums.scratch();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i += FloatSums.BLOCK) {
        int length = Math.min(FloatSums.BLOCK, n - i);
        FloatStrided.gather(x, at + row * rowStep + i * step, step, block, length);
        kernels.reduceRows(op, block, 0, 0, 1, length, results, to + row);
      }
    }
  }

  @Override
  public void columns(int at, int rowStep, int rows, int n, int first, int together, int to) {
    kernels.reduceColumns(op, x, at, rowStep, rows, n, FloatSums.scratch(), results, to);
  }

  @Override
  public void join(int from, int to) {
    results[to] = op.join(results[to], results[from]);
  }

  @Override
  public void store(int from, int n, int outAt, int outStep) {
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (float) results[from + i];
    }
  }
}
