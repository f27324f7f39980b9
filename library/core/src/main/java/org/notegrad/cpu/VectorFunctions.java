package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/**
 * The elementwise functions on vectors of float32 and float64, one line an operation. Only
 * operations that IEEE 754 defines to the last bit are used, so that a result is the same whether
 * or not the JIT has compiled the loop yet; the Vector API's own exp, log and so on differ between
 * the two.
 */
final class VectorFunctions {
  /** A function of one vector, for each type; null where the plain loop serves. */
  record Unary(VectorLoops.FloatUnary floats, VectorLoops.DoubleUnary doubles) {
    static final Unary PLAIN = new Unary(null, null);
  }

  /** A function of two vectors, for each type; null where the plain loop serves. */
  record Binary(VectorLoops.FloatBinary floats, VectorLoops.DoubleBinary doubles) {
    static final Binary PLAIN = new Binary(null, null);
  }

  private VectorFunctions() {}

  static Unary of(UnaryOp op) {
    return switch (op) {
      case NEG -> new Unary(FloatVector::neg, DoubleVector::neg);
      case ABS -> new Unary(FloatVector::abs, DoubleVector::abs);
      case SIGN -> new Unary(FloatMath::sign, DoubleMath::sign);
      case SQUARE -> new Unary(x -> x.mul(x), x -> x.mul(x));
      case SQRT -> new Unary(FloatVector::sqrt, DoubleVector::sqrt);
      case RSQRT ->
          new Unary(x -> x.broadcast(1f).div(x.sqrt()), x -> x.broadcast(1).div(x.sqrt()));
      case RECIPROCAL -> new Unary(x -> x.broadcast(1f).div(x), x -> x.broadcast(1).div(x));
      case EXP -> new Unary(FloatMath::exp, DoubleMath::exp);
      case EXPM1 -> new Unary(FloatMath::expm1, DoubleMath::expm1);
      case LOG -> new Unary(FloatMath::log, DoubleMath::log);
      case LOG1P -> new Unary(FloatMath::log1p, DoubleMath::log1p);
      case SIN, COS -> Unary.PLAIN;
      case TANH -> new Unary(FloatMath::tanh, DoubleMath::tanh);
      case SIGMOID -> new Unary(FloatMath::sigmoid, DoubleMath::sigmoid);
      case SOFTPLUS ->
          new Unary(
              x -> x.max(0f).add(FloatMath.log1p(FloatMath.exp(x.abs().neg()))),
              x -> x.max(0).add(DoubleMath.log1p(DoubleMath.exp(x.abs().neg()))));
      case RELU -> new Unary(x -> x.max(0f), x -> x.max(0));
      case FLOOR -> new Unary(FloatMath::floor, DoubleMath::floor);
      case CEIL ->
          new Unary(x -> FloatMath.floor(x.neg()).neg(), x -> DoubleMath.floor(x.neg()).neg());
      case ROUND -> new Unary(FloatMath::round, DoubleMath::round);
    };
  }

  static Binary of(BinaryOp op) {
    return switch (op) {
      case ADD -> new Binary(FloatVector::add, DoubleVector::add);
      case SUB -> new Binary(FloatVector::sub, DoubleVector::sub);
      case MUL -> new Binary(FloatVector::mul, DoubleVector::mul);
      case DIV -> new Binary(FloatVector::div, DoubleVector::div);
      case POW -> Binary.PLAIN;
      case MAXIMUM -> new Binary(FloatVector::max, DoubleVector::max);
      case MINIMUM -> new Binary(FloatVector::min, DoubleVector::min);
    };
  }
}
