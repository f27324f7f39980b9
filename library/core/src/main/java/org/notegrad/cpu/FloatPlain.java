// DoublePlain.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;

/** Plain loops over float32. */
interface FloatPlain extends FloatKernels {
  @Override
  default void unary(
      UnaryOp op, float[] x, int xAt, int xStep, float[] out, int outAt, int outStep, int n) {
    FloatFunctions.Unary f = FloatFunctions.of(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = f.of(x[xAt + i * xStep]);
    }
  }

  @Override
  default void binary(
      BinaryOp op,
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
    FloatFunctions.Binary f = FloatFunctions.of(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = f.of(a[aAt + i * aStep], b[bAt + i * bStep]);
    }
  }

  @Override
  default void compare(
      CompareOp op,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      byte[] out,
      int outAt,
      int outStep,
      int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] =
          (byte) (PlainKernels.holds(op, a[aAt + i * aStep], b[bAt + i * bStep]) ? 1 : 0);
    }
  }

  /** By bits: a branch on data costs more than both reads. */
  @Override
  default void where(
      byte[] condition,
      int at,
      int step,
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
    for (int i = 0; i < n; i++) {
      int first = -condition[at + i * step];
      out[outAt + i * outStep] =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(a[aAt + i * aStep]) & first
                  | Float.floatToRawIntBits(b[bAt + i * bStep]) & ~first);
    }
  }

  @Override
  default void reduceRows(
      ReduceOp op, float[] x, int xAt, int rowStep, int rows, int n, double[] results, int at) {
    float[] lanes = FloatSums.lanes();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i += FloatSums.BLOCK) {
        int from = xAt + row * rowStep + i;
        int length = Math.min(FloatSums.BLOCK, n - i);
        double block =
            switch (op) {
              case SUM -> FloatSums.sum(x, from, length, lanes);
              case PROD -> FloatSums.product(x, from, length);
              case MAX -> FloatSums.max(x, from, length);
              case MIN -> FloatSums.min(x, from, length);
            };
        results[at + row] = op.join(results[at + row], block);
      }
    }
  }

  @Override
  default void reduceColumns(
      ReduceOp op,
      float[] x,
      int xAt,
      int rowStep,
      int rows,
      int n,
      float[] scratch,
      double[] results,
      int at) {
    if (op == ReduceOp.PROD) {
      FloatSums.multiplyRows(x, xAt, rowStep, rows, n, results, at);
      return;
    }
    for (int i = 0; i < rows; i += FloatSums.ROWS) {
      Arrays.fill(scratch, 0, n, (float) op.neutral());
      joinRows(op, x, xAt + i * rowStep, rowStep, Math.min(FloatSums.ROWS, rows - i), n, scratch);
      FloatSums.join(op, scratch, n, results, at);
    }
  }

  /** Joins at most {@link FloatSums#ROWS} rows into {@code n} results in float32. */
  default void joinRows(
      ReduceOp op, float[] x, int at, int rowStep, int rows, int n, float[] results) {
    switch (op) {
      case SUM -> FloatSums.addRows(x, at, rowStep, rows, 0, n, results);
      case MAX -> FloatSums.maxRows(x, at, rowStep, rows, 0, n, results);
      case MIN -> FloatSums.minRows(x, at, rowStep, rows, 0, n, results);
      case PROD -> throw new IllegalArgumentException("products are made in float64");
    }
  }

  @Override
  default int first(float[] x, int xAt, int n, float sign) {
    return FloatSums.first(x, xAt, n, sign);
  }

  @Override
  default void firstRows(
      float[] x, int xAt, int rowStep, int rows, int n, float sign, float[] best, float[] places) {
    FloatSums.firstRows(x, xAt, rowStep, rows, 0, n, sign, best, places);
  }

  @Override
  default void matmul(FloatProduct x) {
    Parallel.forRange(
        x.m(),
        (int) Math.max(1, CpuBackend.GRAIN / Math.max(1, x.work() / Math.max(1, x.m()))),
        (top, bottom) -> {
          for (int i = top; i < bottom; i++) {
            for (int j = 0; j < x.n(); j++) {
              double sum = x.bias() == null ? 0 : x.bias().get(0, j);
              for (int p = 0; p < x.k(); p++) {
                sum += (double) x.a().get(i, p) * x.b().get(p, j);
              }
              x.c()[x.index(i, j)] = (float) sum;
            }
          }
        });
  }

  @Override
  default FloatMatrix pack(FloatMatrix b, int rows, int columns) {
    return b;
  }

  @Override
  default void softmaxRows(
      float[] x, int xAt, float[] out, int outAt, int rows, int columns, boolean logarithm) {
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * columns;
      int to = outAt + row * columns;
      float max = FloatSums.max(x, from, columns);
      double sum = sumExp(x, from, columns, max);
      float logSum = (float) Math.log(sum);
      float factor = (float) (1 / sum);
      for (int j = 0; j < columns; j++) {
        float shifted = x[from + j] - max;
        out[to + j] = logarithm ? shifted - logSum : FloatScalarMath.exp(shifted) * factor;
      }
    }
  }

  private static double sumExp(float[] x, int at, int n, float max) {
    float[] block = FloatSums.scratch();
    double sum = 0;
    for (int i = 0; i < n; i += FloatSums.BLOCK) {
      int length = Math.min(FloatSums.BLOCK, n - i);
      for (int j = 0; j < length; j++) {
        float shifted = x[at + i + j] - max;
        block[j] = FloatScalarMath.exp(shifted);
      }
      sum += FloatSums.sum(block, 0, length, FloatSums.lanes());
    }
    return sum;
  }

  @Override
  default double logSumExp(float[] x, int xAt, int columns) {
    float max = FloatSums.max(x, xAt, columns);
    return Float.isInfinite(max) ? max : max + Math.log(sumExp(x, xAt, columns, max));
  }
}
