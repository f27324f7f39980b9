// DoubleVectors.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;

/**
 * The loops over float32 on Java's Vector API. What it has no vectors for (rare functions, strided
 * runs) is left to the plain loops.
 */
interface FloatVectors extends FloatPlain {
  @Override
  default void unary(
      UnaryOp op, float[] x, int xAt, int xStep, float[] out, int outAt, int outStep, int n) {
    VectorLoops.FloatUnaryLoop loop = FloatLoops.of(op);
    if (xStep == 1 && outStep == 1) {
      loop.run(x, xAt, out, outAt, n);
    } else {
      FloatStrided.unary(loop, x, xAt, xStep, out, outAt, outStep, n);
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
    VectorLoops.FloatBinaryLoop loop = FloatLoops.of(op);
    if ((aStep & ~1) == 0 && (bStep & ~1) == 0 && outStep == 1) {
      loop.run(a, aAt, aStep, b, bAt, bStep, out, outAt, n);
    } else {
      FloatStrided.binary(loop, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }
  }

  @Override
  default double reduce(ReduceOp op, float[] x, int xAt, int xStep, int n) {
    if (xStep != 1) {
      return FloatPlain.super.reduce(op, x, xAt, xStep, n);
    }
    return switch (op) {
      case SUM -> FloatReduce.sum(x, xAt, n);
      case MAX -> FloatReduce.max(x, xAt, n);
      case MIN -> FloatReduce.min(x, xAt, n);
      case PROD -> FloatPlain.super.reduce(op, x, xAt, 1, n);
    };
  }

  @Override
  default void sumColumns(
      float[] x, int xAt, int rowStep, int rows, float[] out, int outAt, int n) {
    int done = FloatReduce.sumColumns(x, xAt, rowStep, rows, out, outAt, n);
    FloatPlain.super.sumColumns(x, xAt + done, rowStep, rows, out, outAt + done, n - done);
  }

  @Override
  default void matmul(FloatProduct product) {
    FloatMatmul.run(product);
  }

  @Override
  default FloatMatrix pack(FloatMatrix b, int rows, int columns) {
    return FloatPacked.of(b, rows, columns);
  }

  @Override
  default void softmaxRows(
      float[] x, int xAt, float[] out, int outAt, int rows, int columns, boolean logarithm) {
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * columns;
      int to = outAt + row * columns;
      float max = FloatReduce.max(x, from, columns);
      if (!Float.isFinite(max)) {
        FloatPlain.super.softmaxRows(x, from, out, to, 1, columns, logarithm);
      } else if (logarithm) {
        FloatSoftmax.logSoftmax(x, from, out, to, columns, max);
      } else {
        FloatSoftmax.softmax(x, from, out, to, columns, max);
      }
    }
  }

  @Override
  default double logSumExp(float[] x, int xAt, int columns) {
    float max = FloatReduce.max(x, xAt, columns);
    return Float.isFinite(max)
        ? max + Math.log(FloatSoftmax.sumExp(x, xAt, columns, max))
        : FloatPlain.super.logSumExp(x, xAt, columns);
  }
}
