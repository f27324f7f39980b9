// DoubleFunctions.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/** The elementwise functions on single elements of float32, one line an operation. */
final class FloatFunctions {
  interface Unary {
    float of(float x);
  }

  interface Binary {
    float of(float a, float b);
  }

  private FloatFunctions() {}

  static Unary of(UnaryOp op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> FloatScalarMath::sign;
      case SQUARE -> x -> x * x;
      case SQRT -> x -> (float) Math.sqrt(x);
      case RSQRT -> x -> 1f / (float) Math.sqrt(x);
      case RECIPROCAL -> x -> 1f / x;
      case EXP -> FloatScalarMath::exp;
      case EXPM1 -> FloatScalarMath::expm1;
      case LOG -> FloatScalarMath::log;
      case LOG1P -> FloatScalarMath::log1p;
      case SIN -> FloatScalarMath::sin;
      case COS -> FloatScalarMath::cos;
      case TANH -> FloatScalarMath::tanh;
      case SIGMOID -> FloatScalarMath::sigmoid;
      case SOFTPLUS -> FloatScalarMath::softplus;
      case RELU -> x -> Math.max(x, 0f);
      case FLOOR -> FloatScalarMath::floor;
      case CEIL -> FloatScalarMath::ceil;
      case ROUND -> FloatScalarMath::round;
    };
  }

  static Binary of(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case POW -> FloatScalarMath::pow;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }
}
