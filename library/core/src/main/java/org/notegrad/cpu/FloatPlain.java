// DoublePlain.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
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
    DoubleUnaryOperator f = PlainKernels.function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (float) f.applyAsDouble(x[xAt + i * xStep]);
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
    DoubleBinaryOperator f = PlainKernels.function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (float) f.applyAsDouble(a[aAt + i * aStep], b[bAt + i * bStep]);
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

  @Override
  default double reduce(ReduceOp op, float[] x, int xAt, int xStep, int n) {
    DoubleBinaryOperator join = PlainKernels.function(op.step());
    double result = op.neutral();
    for (int i = 0; i < n; i++) {
      result = join.applyAsDouble(result, x[xAt + i * xStep]);
    }
    return result;
  }

  @Override
  default void sumColumns(
      float[] x, int xAt, int rowStep, int rows, float[] out, int outAt, int n) {
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[xAt + i * rowStep + j];
      }
      out[outAt + j] = (float) sum;
    }
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
      double max = reduce(ReduceOp.MAX, x, from, 1, columns);
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += Math.exp(x[from + j] - max);
      }
      double logSum = Math.log(sum);
      for (int j = 0; j < columns; j++) {
        double log = x[from + j] - max - logSum;
        out[to + j] = (float) (logarithm ? log : Math.exp(x[from + j] - max) / sum);
      }
    }
  }

  @Override
  default double logSumExp(float[] x, int xAt, int columns) {
    double max = reduce(ReduceOp.MAX, x, xAt, 1, columns);
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += Math.exp(x[xAt + j] - max);
    }
    return max + Math.log(sum);
  }
}
