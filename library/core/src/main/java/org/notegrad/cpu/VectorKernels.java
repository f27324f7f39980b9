package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/**
 * The provider on Java's Vector API, in the species that the processor prefers. What it has no
 * vectors for (rare functions, strided runs) is left to the plain loops.
 */
final class VectorKernels implements CpuKernels {
  private final PlainKernels plain = new PlainKernels();
  private final VectorLoops.FloatUnaryLoop[] floatUnary =
      new VectorLoops.FloatUnaryLoop[UnaryOp.values().length];
  private final VectorLoops.DoubleUnaryLoop[] doubleUnary =
      new VectorLoops.DoubleUnaryLoop[UnaryOp.values().length];
  private final VectorLoops.FloatBinaryLoop[] floatBinary =
      new VectorLoops.FloatBinaryLoop[BinaryOp.values().length];
  private final VectorLoops.DoubleBinaryLoop[] doubleBinary =
      new VectorLoops.DoubleBinaryLoop[BinaryOp.values().length];

  @Override
  public String describe() {
    return "Vector API, " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }

  @Override
  public void unary(
      UnaryOp op, float[] x, int xAt, int xStep, float[] out, int outAt, int outStep, int n) {
    VectorLoops.FloatUnaryLoop loop = floatUnary[op.ordinal()];
    if (loop == null) {
      loop = floatUnary[op.ordinal()] = floatLoop(op);
    }
    if (xStep == 1 && outStep == 1) {
      loop.run(x, xAt, out, outAt, n);
    } else {
      Strided.unary(loop, x, xAt, xStep, out, outAt, outStep, n);
    }
  }

  private VectorLoops.FloatUnaryLoop floatLoop(UnaryOp op) {
    VectorLoops.FloatUnary f = VectorFunctions.of(op).floats();
    return f == null
        ? (x, xAt, out, outAt, n) -> plain.unary(op, x, xAt, 1, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(), FloatUnaryTemplate.class, f, VectorLoops.FloatUnaryLoop.class);
  }

  private VectorLoops.FloatBinaryLoop floatLoop(BinaryOp op) {
    VectorLoops.FloatBinary f = VectorFunctions.of(op).floats();
    return f == null
        ? (a, aAt, aStep, b, bAt, bStep, out, outAt, n) ->
            plain.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(),
            FloatBinaryTemplate.class,
            f,
            VectorLoops.FloatBinaryLoop.class);
  }

  @Override
  public void binary(
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
    VectorLoops.FloatBinaryLoop loop = floatBinary[op.ordinal()];
    if (loop == null) {
      loop = floatBinary[op.ordinal()] = floatLoop(op);
    }
    if ((aStep & ~1) == 0 && (bStep & ~1) == 0 && outStep == 1) {
      loop.run(a, aAt, aStep, b, bAt, bStep, out, outAt, n);
    } else {
      Strided.binary(loop, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }
  }

  @Override
  public void unary(
      UnaryOp op, double[] x, int xAt, int xStep, double[] out, int outAt, int outStep, int n) {
    VectorLoops.DoubleUnaryLoop loop = doubleUnary[op.ordinal()];
    if (loop == null) {
      loop = doubleUnary[op.ordinal()] = doubleLoop(op);
    }
    if (xStep == 1 && outStep == 1) {
      loop.run(x, xAt, out, outAt, n);
    } else {
      Strided.unary(loop, x, xAt, xStep, out, outAt, outStep, n);
    }
  }

  private VectorLoops.DoubleUnaryLoop doubleLoop(UnaryOp op) {
    VectorLoops.DoubleUnary f = VectorFunctions.of(op).doubles();
    return f == null
        ? (x, xAt, out, outAt, n) -> plain.unary(op, x, xAt, 1, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(),
            DoubleUnaryTemplate.class,
            f,
            VectorLoops.DoubleUnaryLoop.class);
  }

  private VectorLoops.DoubleBinaryLoop doubleLoop(BinaryOp op) {
    VectorLoops.DoubleBinary f = VectorFunctions.of(op).doubles();
    return f == null
        ? (a, aAt, aStep, b, bAt, bStep, out, outAt, n) ->
            plain.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(),
            DoubleBinaryTemplate.class,
            f,
            VectorLoops.DoubleBinaryLoop.class);
  }

  @Override
  public void binary(
      BinaryOp op,
      double[] a,
      int aAt,
      int aStep,
      double[] b,
      int bAt,
      int bStep,
      double[] out,
      int outAt,
      int outStep,
      int n) {
    VectorLoops.DoubleBinaryLoop loop = doubleBinary[op.ordinal()];
    if (loop == null) {
      loop = doubleBinary[op.ordinal()] = doubleLoop(op);
    }
    if ((aStep & ~1) == 0 && (bStep & ~1) == 0 && outStep == 1) {
      loop.run(a, aAt, aStep, b, bAt, bStep, out, outAt, n);
    } else {
      Strided.binary(loop, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }
  }

  @Override
  public void compare(
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
    plain.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
  }

  @Override
  public double reduce(ReduceOp op, float[] x, int xAt, int xStep, int n) {
    if (xStep != 1) {
      return plain.reduce(op, x, xAt, xStep, n);
    }
    return switch (op) {
      case SUM -> FloatReduce.sum(x, xAt, n);
      case MAX -> FloatReduce.max(x, xAt, n);
      case MIN -> FloatReduce.min(x, xAt, n);
      case PROD -> plain.reduce(op, x, xAt, 1, n);
    };
  }

  @Override
  public void sumColumns(float[] x, int xAt, int rowStep, int rows, float[] out, int outAt, int n) {
    int done = FloatReduce.sumColumns(x, xAt, rowStep, rows, out, outAt, n);
    plain.sumColumns(x, xAt + done, rowStep, rows, out, outAt + done, n - done);
  }

  @Override
  public void sumColumns(
      double[] x, int xAt, int rowStep, int rows, double[] out, int outAt, int n) {
    int done = DoubleReduce.sumColumns(x, xAt, rowStep, rows, out, outAt, n);
    plain.sumColumns(x, xAt + done, rowStep, rows, out, outAt + done, n - done);
  }

  @Override
  public void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int bCol,
      float[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    FloatGemm.gemm(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, c, cAt, cRow, accumulate);
  }

  @Override
  public void softmaxRows(
      float[] x, int xAt, float[] out, int outAt, int rows, int columns, boolean logarithm) {
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * columns;
      int to = outAt + row * columns;
      float max = FloatReduce.max(x, from, columns);
      if (!Float.isFinite(max)) {
        plain.softmaxRows(x, from, out, to, 1, columns, logarithm);
      } else if (logarithm) {
        FloatSoftmax.logSoftmax(x, from, out, to, columns, max);
      } else {
        FloatSoftmax.softmax(x, from, out, to, columns, max);
      }
    }
  }

  @Override
  public double logSumExp(float[] x, int xAt, int columns) {
    float max = FloatReduce.max(x, xAt, columns);
    return Float.isFinite(max)
        ? max + Math.log(FloatSoftmax.sumExp(x, xAt, columns, max))
        : plain.logSumExp(x, xAt, columns);
  }

  @Override
  public void sgd(
      SGD.Step step, float[] p, int pAt, float[] g, int gAt, float[] velocity, int vAt, int n) {
    int done =
        velocity == null
            ? FloatSteps.sgd(step, p, pAt, g, gAt, n)
            : FloatSteps.momentum(step, p, pAt, g, gAt, velocity, vAt, n);
    plain.sgd(step, p, pAt + done, g, gAt + done, velocity, vAt + done, n - done);
  }

  @Override
  public void adam(
      Adam.Step step,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] mean,
      int meanAt,
      float[] square,
      int squareAt,
      int n) {
    int done = FloatSteps.adam(step, p, pAt, g, gAt, mean, meanAt, square, squareAt, n);
    plain.adam(
        step, p, pAt + done, g, gAt + done, mean, meanAt + done, square, squareAt + done, n - done);
  }

  @Override
  public double reduce(ReduceOp op, double[] x, int xAt, int xStep, int n) {
    if (xStep != 1) {
      return plain.reduce(op, x, xAt, xStep, n);
    }
    return switch (op) {
      case SUM -> DoubleReduce.sum(x, xAt, n);
      case MAX -> DoubleReduce.max(x, xAt, n);
      case MIN -> DoubleReduce.min(x, xAt, n);
      case PROD -> plain.reduce(op, x, xAt, 1, n);
    };
  }

  @Override
  public void gemm(
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int aRow,
      int aCol,
      double[] b,
      int bAt,
      int bRow,
      int bCol,
      double[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    DoubleGemm.gemm(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, c, cAt, cRow, accumulate);
  }

  @Override
  public void softmaxRows(
      double[] x, int xAt, double[] out, int outAt, int rows, int columns, boolean logarithm) {
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * columns;
      int to = outAt + row * columns;
      double max = DoubleReduce.max(x, from, columns);
      if (!Double.isFinite(max)) {
        plain.softmaxRows(x, from, out, to, 1, columns, logarithm);
      } else if (logarithm) {
        DoubleSoftmax.logSoftmax(x, from, out, to, columns, max);
      } else {
        DoubleSoftmax.softmax(x, from, out, to, columns, max);
      }
    }
  }

  @Override
  public double logSumExp(double[] x, int xAt, int columns) {
    double max = DoubleReduce.max(x, xAt, columns);
    return Double.isFinite(max)
        ? max + Math.log(DoubleSoftmax.sumExp(x, xAt, columns, max))
        : plain.logSumExp(x, xAt, columns);
  }

  @Override
  public void sgd(
      SGD.Step step, double[] p, int pAt, double[] g, int gAt, double[] velocity, int vAt, int n) {
    int done =
        velocity == null
            ? DoubleSteps.sgd(step, p, pAt, g, gAt, n)
            : DoubleSteps.momentum(step, p, pAt, g, gAt, velocity, vAt, n);
    plain.sgd(step, p, pAt + done, g, gAt + done, velocity, vAt + done, n - done);
  }

  @Override
  public void adam(
      Adam.Step step,
      double[] p,
      int pAt,
      double[] g,
      int gAt,
      double[] mean,
      int meanAt,
      double[] square,
      int squareAt,
      int n) {
    int done = DoubleSteps.adam(step, p, pAt, g, gAt, mean, meanAt, square, squareAt, n);
    plain.adam(
        step, p, pAt + done, g, gAt + done, mean, meanAt + done, square, squareAt + done, n - done);
  }
}
