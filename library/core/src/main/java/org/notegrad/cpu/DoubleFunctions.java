package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.cpu.VectorLoops.DoubleBinary;
import org.notegrad.cpu.VectorLoops.DoubleUnary;

/**
 * The elementwise functions on vectors of double64, one line an operation; null where the plain
 * loop serves. Only operations that IEEE 754 defines to the last bit are used, so that a result is
 * the same whether or not the JIT has compiled the loop yet; the Vector API's own exp, log and so
 * on differ between the two.
 */
final class DoubleFunctions {
  private DoubleFunctions() {}

  static DoubleUnary of(UnaryOp op) {
    return switch (op) {
      case NEG -> DoubleVector::neg;
      case ABS -> DoubleVector::abs;
      case SIGN -> DoubleFunctions::sign;
      case SQUARE -> x -> x.mul(x);
      case SQRT -> DoubleVector::sqrt;
      case RSQRT -> x -> x.broadcast(1).div(x.sqrt());
      case RECIPROCAL -> x -> x.broadcast(1).div(x);
      case EXP -> DoubleMath::exp;
      case EXPM1 -> DoubleMath::expm1;
      case LOG -> DoubleMath::log;
      case LOG1P -> DoubleMath::log1p;
      case TANH -> DoubleMath::tanh;
      case SIGMOID -> DoubleMath::sigmoid;
      case RELU -> x -> x.max(0);
      case FLOOR -> DoubleFunctions::floor;
      case CEIL -> x -> floor(x.neg()).neg();
      case ROUND -> DoubleFunctions::round;
      case SIN, COS -> null;
    };
  }

  static DoubleBinary of(BinaryOp op) {
    return switch (op) {
      case ADD -> DoubleVector::add;
      case SUB -> DoubleVector::sub;
      case MUL -> DoubleVector::mul;
      case DIV -> DoubleVector::div;
      case MAXIMUM -> DoubleVector::max;
      case MINIMUM -> DoubleVector::min;
      case POW -> null;
    };
  }

  /** From this size on, a number is an integer. */
  private static final double INTEGERS = 0x1p52;

  private static DoubleVector round(DoubleVector x) {
    DoubleVector size = x.abs();
    DoubleVector rounded = size.add(INTEGERS).sub(INTEGERS);
    DoubleVector signed = rounded.blend(rounded.neg(), x.compare(LT, 0));
    return signed.blend(x, size.compare(GE, INTEGERS).or(x.compare(EQ, 0)));
  }

  private static DoubleVector floor(DoubleVector x) {
    DoubleVector near = round(x);
    return near.blend(near.sub(1), near.compare(GT, x));
  }

  /** Zeros and NaN stay what they are. */
  private static DoubleVector sign(DoubleVector x) {
    return x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0));
  }
}
