package org.notegrad.cpu;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/**
 * The functions of FloatMath and DoubleMath as compiled loops find them: by name, in a scalar and
 * in a vector form that give the same bits.
 */
final class MathMethods {
  private static final String PACKAGE = "org.notegrad.cpu.";

  private MathMethods() {}

  /** The class of the scalar forms. */
  static ClassDesc scalars(boolean isFloat) {
    return ClassDesc.of(PACKAGE + (isFloat ? "FloatScalarMath" : "DoubleScalarMath"));
  }

  private static ClassDesc vectors(boolean isFloat) {
    return ClassDesc.of(PACKAGE + (isFloat ? "FloatMath" : "DoubleMath"));
  }

  static boolean hasScalar(String name, boolean isFloat, int arity) {
    return Inliner.has(scalars(isFloat), name, type(isFloat ? CD_float : CD_double, arity));
  }

  static boolean hasVector(String name, boolean isFloat, int arity) {
    return Inliner.has(vectors(isFloat), name, type(vector(isFloat), arity));
  }

  /** Copies the vector form's body in: C2 refuses to inline a second call of a large method. */
  static void inline(CodeBuilder code, String name, boolean isFloat, int arity) {
    Inliner.call(code, vectors(isFloat), name, type(vector(isFloat), arity));
  }

  private static ClassDesc vector(boolean isFloat) {
    return ClassDesc.of("jdk.incubator.vector." + (isFloat ? "FloatVector" : "DoubleVector"));
  }

  private static MethodTypeDesc type(ClassDesc operand, int arity) {
    ClassDesc[] operands = new ClassDesc[arity];
    Arrays.fill(operands, operand);
    return MethodTypeDesc.of(operand, operands);
  }
}
