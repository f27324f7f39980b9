package org.notegrad.cpu;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.UnaryOp;

/** The provider of plain loops: works on every Java, and is the oracle of the tests. */
final class PlainKernels implements CpuKernels, FloatPlain, DoublePlain {
  /** The functions that keep integers integers. */
  static LongUnaryOperator integerFunction(UnaryOp op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Long::signum;
      case SQUARE -> x -> x * x;
      case RELU -> x -> Math.max(x, 0);
      case FLOOR, CEIL, ROUND -> x -> x;
      case SQRT, RSQRT, RECIPROCAL, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS ->
          throw new IllegalArgumentException(op + " on integers");
    };
  }

  /** The steps of reductions, which are computed in float64. */
  static DoubleBinaryOperator function(BinaryOp op) {
    return DoubleFunctions.of(op)::of;
  }

  static LongBinaryOperator integerFunction(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case POW -> PlainKernels::pow;
      case DIV -> throw new IllegalArgumentException(op + " on integers");
    };
  }

  /** The functions that keep truth values truth values: a sum is true if either is. */
  static LongBinaryOperator truthFunction(BinaryOp op) {
    return switch (op) {
      case ADD, MAXIMUM -> (a, b) -> a | b;
      case MUL, MINIMUM -> (a, b) -> a & b;
      case SUB, DIV, POW -> throw new IllegalArgumentException(op + " on truth values");
    };
  }

  /** Wraps around; a fraction is cut off, so that negative exponents leave only 1 and -1. */
  private static long pow(long a, long b) {
    if (b < 0) {
      return a == 1 ? 1 : a == -1 ? 1 - 2 * (b & 1) : 0;
    }
    long result = 1;
    long square = a;
    for (long rest = b; rest != 0; rest >>= 1) {
      result *= (rest & 1) == 0 ? 1 : square;
      square *= square;
    }
    return result;
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
  public int floatLanes() {
    return 1;
  }

  @Override
  public int doubleLanes() {
    return 1;
  }
}
