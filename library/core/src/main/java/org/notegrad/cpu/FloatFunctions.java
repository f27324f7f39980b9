package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.cpu.VectorLoops.FloatBinary;
import org.notegrad.cpu.VectorLoops.FloatUnary;

/**
 * The elementwise functions on vectors of float32, one line an operation; null where the plain loop
 * serves. Only operations that IEEE 754 defines to the last bit are used, so that a result is the
 * same whether or not the JIT has compiled the loop yet; the Vector API's own exp, log and so on
 * differ between the two.
 */
final class FloatFunctions {
  private FloatFunctions() {}

  static FloatUnary of(UnaryOp op) {
    return switch (op) {
      case NEG -> FloatVector::neg;
      case ABS -> FloatVector::abs;
      case SIGN -> FloatFunctions::sign;
      case SQUARE -> x -> x.mul(x);
      case SQRT -> FloatVector::sqrt;
      case RSQRT -> x -> x.broadcast(1f).div(x.sqrt());
      case RECIPROCAL -> x -> x.broadcast(1f).div(x);
      case EXP -> FloatMath::exp;
      case EXPM1 -> FloatMath::expm1;
      case LOG -> FloatMath::log;
      case LOG1P -> FloatMath::log1p;
      case TANH -> FloatMath::tanh;
      case SIGMOID -> FloatMath::sigmoid;
      case RELU -> x -> x.max(0f);
      case FLOOR -> FloatFunctions::floor;
      case CEIL -> x -> floor(x.neg()).neg();
      case ROUND -> FloatFunctions::round;
      case SIN, COS -> null;
    };
  }

  static FloatBinary of(BinaryOp op) {
    return switch (op) {
      case ADD -> FloatVector::add;
      case SUB -> FloatVector::sub;
      case MUL -> FloatVector::mul;
      case DIV -> FloatVector::div;
      case MAXIMUM -> FloatVector::max;
      case MINIMUM -> FloatVector::min;
      case POW -> null;
    };
  }

  /** From this size on, a number is an integer. */
  private static final float INTEGERS = 0x1p23f;

  private static FloatVector round(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector rounded = size.add(INTEGERS).sub(INTEGERS);
    FloatVector signed = rounded.blend(rounded.neg(), x.compare(LT, 0f));
    return signed.blend(x, size.compare(GE, INTEGERS).or(x.compare(EQ, 0f)));
  }

  private static FloatVector floor(FloatVector x) {
    FloatVector near = round(x);
    return near.blend(near.sub(1f), near.compare(GT, x));
  }

  /** Zeros and NaN stay what they are. */
  private static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f));
  }
}
