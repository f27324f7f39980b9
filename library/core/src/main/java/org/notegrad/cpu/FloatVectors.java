// DoubleVectors.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
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
    boolean vectors = FloatMasks.FITS && aStep == 1 && (bStep & ~1) == 0 && outStep == 1;
    int done = vectors ? FloatMasks.of(op).run(a, aAt, b, bAt, bStep, out, outAt, n) : 0;
    FloatPlain.super.compare(
        op,
        a,
        aAt + done * aStep,
        aStep,
        b,
        bAt + done * bStep,
        bStep,
        out,
        outAt + done * outStep,
        outStep,
        n - done);
  }

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
    int done = 0;
    if (FloatMasks.FITS && n > 0 && step == 1 && outStep == 1) {
      if (aStep == 1 && bStep == 1) {
        done = FloatMasks.where(condition, at, a, aAt, b, bAt, out, outAt, n);
      } else if (aStep == 1 && bStep == 0) {
        done = FloatMasks.where(condition, at, a, aAt, b[bAt], out, outAt, n);
      } else if (aStep == 0 && bStep == 1) {
        done = FloatMasks.where(condition, at, a[aAt], b, bAt, out, outAt, n);
      }
    }
    FloatPlain.super.where(
        condition,
        at + done * step,
        step,
        a,
        aAt + done * aStep,
        aStep,
        b,
        bAt + done * bStep,
        bStep,
        out,
        outAt + done * outStep,
        outStep,
        n - done);
  }

  @Override
  default void reduceRows(
      ReduceOp op, float[] x, int xAt, int rowStep, int rows, int n, double[] results, int at) {
    switch (op) {
      case SUM -> {
        float[] lanes = FloatSums.lanes();
        for (int row = 0; row < rows; row++) {
          int from = xAt + row * rowStep;
          for (int i = 0; i < n; i += FloatSums.BLOCK) {
            int length = Math.min(FloatSums.BLOCK, n - i);
            results[at + row] += FloatReduce.sum(x, from + i, length, lanes);
          }
        }
      }
      case MAX -> {
        for (int row = 0; row < rows; row++) {
          float max = FloatReduce.max(x, xAt + row * rowStep, n);
          results[at + row] = Math.max(results[at + row], max);
        }
      }
      case MIN -> {
        for (int row = 0; row < rows; row++) {
          float min = FloatReduce.min(x, xAt + row * rowStep, n);
          results[at + row] = Math.min(results[at + row], min);
        }
      }
      case PROD -> FloatPlain.super.reduceRows(op, x, xAt, rowStep, rows, n, results, at);
    }
  }

  @Override
  default void joinRows(
      ReduceOp op, float[] x, int at, int rowStep, int rows, int n, float[] results) {
    switch (op) {
      case SUM -> FloatReduce.addRows(x, at, rowStep, rows, n, results);
      case MAX -> FloatReduce.maxRows(x, at, rowStep, rows, n, results);
      case MIN -> FloatReduce.minRows(x, at, rowStep, rows, n, results);
      case PROD -> FloatPlain.super.joinRows(op, x, at, rowStep, rows, n, results);
    }
  }

  @Override
  default int first(float[] x, int xAt, int n, float sign) {
    if (n < FloatSums.LANES) {
      return FloatSums.first(x, xAt, n, sign);
    }
    float extreme = sign > 0 ? FloatReduce.max(x, xAt, n) : FloatReduce.min(x, xAt, n);
    return FloatPlaces.first(x, xAt, n, extreme);
  }

  @Override
  default void firstRows(
      float[] x, int xAt, int rowStep, int rows, int n, float sign, float[] best, float[] places) {
    FloatPlaces.firstRows(x, xAt, rowStep, rows, n, sign, best, places);
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
