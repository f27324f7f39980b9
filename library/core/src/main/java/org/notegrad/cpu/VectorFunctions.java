package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/**
 * The short elementwise functions on vectors of float32 and float64, one line an operation. They
 * give the bits of {@link FloatFunctions} and {@link DoubleFunctions}. The loops of longer ones are
 * made by {@link OperationLoop}.
 */
final class VectorFunctions {
  /** A function of one vector, for each type. */
  record Unary(VectorLoops.FloatUnary floats, VectorLoops.DoubleUnary doubles) {}

  /** A function of two vectors, for each type. */
  record Binary(VectorLoops.FloatBinary floats, VectorLoops.DoubleBinary doubles) {}

  private VectorFunctions() {}

  /** Null for a long function. */
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
      case RELU -> new Unary(x -> x.max(0f), x -> x.max(0));
      case FLOOR -> new Unary(FloatMath::floor, DoubleMath::floor);
      case CEIL -> new Unary(FloatMath::ceil, DoubleMath::ceil);
      case ROUND -> new Unary(FloatMath::round, DoubleMath::round);
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS -> null;
    };
  }

  /** Null for a long function. */
  static Binary of(BinaryOp op) {
    return switch (op) {
      case ADD -> new Binary(FloatVector::add, DoubleVector::add);
      case SUB -> new Binary(FloatVector::sub, DoubleVector::sub);
      case MUL -> new Binary(FloatVector::mul, DoubleVector::mul);
      case DIV -> new Binary(FloatVector::div, DoubleVector::div);
      case POW -> null;
      case MAXIMUM -> new Binary(FloatVector::max, DoubleVector::max);
      case MINIMUM -> new Binary(FloatVector::min, DoubleVector::min);
    };
  }
}
