package org.notegrad.cpu;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/** The provider of plain loops: works on every Java, and is the oracle of the tests. */
final class PlainKernels implements CpuKernels {
  /** Each function in float64; float32 results are rounded from it. */
  static DoubleUnaryOperator function(UnaryOp op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> x -> x * x;
      case SQRT -> Math::sqrt;
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case RECIPROCAL -> x -> 1 / x;
      case EXP -> Math::exp;
      case EXPM1 -> Math::expm1;
      case LOG -> Math::log;
      case LOG1P -> Math::log1p;
      case SIN -> Math::sin;
      case COS -> Math::cos;
      case TANH -> Math::tanh;
      case SIGMOID -> PlainKernels::sigmoid;
      case SOFTPLUS -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case RELU -> x -> Math.max(x, 0);
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case ROUND -> Math::rint;
    };
  }

  /** Without an overflow that would lose the small results. */
  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** The functions that keep integers integers. */
  static LongUnaryOperator integerFunction(UnaryOp op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Long::signum;
      case SQUARE -> x -> x * x;
      case RELU -> x -> Math.max(x, 0);
      case SQRT,
          RSQRT,
          RECIPROCAL,
          EXP,
          EXPM1,
          LOG,
          LOG1P,
          SIN,
          COS,
          TANH,
          SIGMOID,
          SOFTPLUS,
          FLOOR,
          CEIL,
          ROUND ->
          throw new IllegalArgumentException(op + " on integers");
    };
  }

  static DoubleBinaryOperator function(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case POW -> Math::pow;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }

  static LongBinaryOperator integerFunction(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case DIV, POW -> throw new IllegalArgumentException(op + " on integers");
    };
  }

  static boolean holds(CompareOp op, double a, double b) {
    return switch (op) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case LE -> a <= b;
      case GT -> a > b;
      case GE -> a >= b;
    };
  }

  static boolean holds(CompareOp op, long a, long b) {
    return switch (op) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case LE -> a <= b;
      case GT -> a > b;
      case GE -> a >= b;
    };
  }

  @Override
  public String describe() {
    return "plain loops";
  }

  @Override
  public void unary(
      UnaryOp op, float[] x, int xAt, int xStep, float[] out, int outAt, int outStep, int n) {
    DoubleUnaryOperator f = function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (float) f.applyAsDouble(x[xAt + i * xStep]);
    }
  }

  @Override
  public void unary(
      UnaryOp op, double[] x, int xAt, int xStep, double[] out, int outAt, int outStep, int n) {
    DoubleUnaryOperator f = function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = f.applyAsDouble(x[xAt + i * xStep]);
    }
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
    DoubleBinaryOperator f = function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (float) f.applyAsDouble(a[aAt + i * aStep], b[bAt + i * bStep]);
    }
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
    DoubleBinaryOperator f = function(op);
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = f.applyAsDouble(a[aAt + i * aStep], b[bAt + i * bStep]);
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
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = (byte) (holds(op, a[aAt + i * aStep], b[bAt + i * bStep]) ? 1 : 0);
    }
  }

  @Override
  public double reduce(ReduceOp op, float[] x, int xAt, int xStep, int n) {
    DoubleBinaryOperator join = function(op.step());
    double result = op.neutral();
    for (int i = 0; i < n; i++) {
      result = join.applyAsDouble(result, x[xAt + i * xStep]);
    }
    return result;
  }

  @Override
  public double reduce(ReduceOp op, double[] x, int xAt, int xStep, int n) {
    DoubleBinaryOperator join = function(op.step());
    double result = op.neutral();
    for (int i = 0; i < n; i++) {
      result = join.applyAsDouble(result, x[xAt + i * xStep]);
    }
    return result;
  }

  @Override
  public void sumColumns(float[] x, int xAt, int rowStep, int rows, float[] out, int outAt, int n) {
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[xAt + i * rowStep + j];
      }
      out[outAt + j] = (float) sum;
    }
  }

  @Override
  public void sumColumns(
      double[] x, int xAt, int rowStep, int rows, double[] out, int outAt, int n) {
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[xAt + i * rowStep + j];
      }
      out[outAt + j] = sum;
    }
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate ? c[cAt + i * cRow + j] : 0;
        for (int p = 0; p < k; p++) {
          sum += (double) a[aAt + i * aRow + p * aCol] * b[bAt + p * bRow + j * bCol];
        }
        c[cAt + i * cRow + j] = (float) sum;
      }
    }
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate ? c[cAt + i * cRow + j] : 0;
        for (int p = 0; p < k; p++) {
          sum += a[aAt + i * aRow + p * aCol] * b[bAt + p * bRow + j * bCol];
        }
        c[cAt + i * cRow + j] = sum;
      }
    }
  }

  @Override
  public void softmaxRows(
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
  public void softmaxRows(
      double[] x, int xAt, double[] out, int outAt, int rows, int columns, boolean logarithm) {
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
        out[to + j] = logarithm ? log : Math.exp(x[from + j] - max) / sum;
      }
    }
  }

  @Override
  public double logSumExp(float[] x, int xAt, int columns) {
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

  @Override
  public double logSumExp(double[] x, int xAt, int columns) {
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

  @Override
  public void sgd(
      SGD.Step step, float[] p, int pAt, float[] g, int gAt, float[] velocity, int vAt, int n) {
    for (int i = 0; i < n; i++) {
      double gradient = step.direction(g[gAt + i], p[pAt + i]);
      if (velocity != null) {
        double v = step.velocity(velocity[vAt + i], gradient);
        velocity[vAt + i] = (float) v;
        gradient = step.nesterov() ? gradient + step.momentum() * v : v;
      }
      p[pAt + i] = (float) (p[pAt + i] - step.learningRate() * gradient);
    }
  }

  @Override
  public void sgd(
      SGD.Step step, double[] p, int pAt, double[] g, int gAt, double[] velocity, int vAt, int n) {
    for (int i = 0; i < n; i++) {
      double gradient = step.direction(g[gAt + i], p[pAt + i]);
      if (velocity != null) {
        double v = step.velocity(velocity[vAt + i], gradient);
        velocity[vAt + i] = v;
        gradient = step.nesterov() ? gradient + step.momentum() * v : v;
      }
      p[pAt + i] -= step.learningRate() * gradient;
    }
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
    for (int i = 0; i < n; i++) {
      double parameter = step.decayed(p[pAt + i]);
      double gradient = step.direction(g[gAt + i], p[pAt + i]);
      double m = mean[meanAt + i] + (1 - step.beta1()) * (gradient - mean[meanAt + i]);
      double v = step.beta2() * square[squareAt + i] + (1 - step.beta2()) * gradient * gradient;
      mean[meanAt + i] = (float) m;
      square[squareAt + i] = (float) v;
      p[pAt + i] =
          (float)
              (parameter - step.stepSize() * m / (Math.sqrt(v) / step.correction2() + step.eps()));
    }
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
    for (int i = 0; i < n; i++) {
      double parameter = step.decayed(p[pAt + i]);
      double gradient = step.direction(g[gAt + i], p[pAt + i]);
      double m = mean[meanAt + i] + (1 - step.beta1()) * (gradient - mean[meanAt + i]);
      double v = step.beta2() * square[squareAt + i] + (1 - step.beta2()) * gradient * gradient;
      mean[meanAt + i] = m;
      square[squareAt + i] = v;
      p[pAt + i] =
          parameter - step.stepSize() * m / (Math.sqrt(v) / step.correction2() + step.eps());
    }
  }
}
