package org.notegrad.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Saves;
import org.notegrad.backend.UnaryOp;

/** The rules of elementwise gradients can all be fused, and then give their own bits. */
class DerivativeTest {
  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3, -7
  };

  private static Tensor values(DType type, int offset) {
    double[] values = new double[SPECIAL.length * SPECIAL.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = SPECIAL[(offset == 0 ? i : i / SPECIAL.length) % SPECIAL.length];
    }
    return Tensor.fromArray(values, values.length).to(type);
  }

  private static void same(String what, Tensor expected, Tensor actual) {
    double[] a = expected.toDoubleArray();
    double[] b = actual.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
        assertEquals(a[i], b[i], what + ", element " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void rulesOfOneTensorAreFused(UnaryOp op) {
    if (op.saves() == Saves.NOTHING) {
      return;
    }
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor g = values(type, 0);
      Tensor saved = values(type, 1);
      assertNotNull(Derivative.of(op).traced(type));
      same(
          op + " " + type,
          Autograd.noGrad(() -> op.derivative().of(g, saved)),
          Autograd.noGrad(() -> Derivative.of(op).of(g, saved)));
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void rulesOfTwoTensorsAreFused(BinaryOp op) {
    if (op.leftReads() == BinaryOp.Reads.NEITHER) {
      return;
    }
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor g = values(type, 0).reshape(SPECIAL.length, SPECIAL.length).add(1.5);
      Tensor a = values(type, 1).reshape(SPECIAL.length, SPECIAL.length);
      Tensor b = values(type, 0).narrow(0, 0, SPECIAL.length);
      same(
          op + " left " + type,
          Autograd.noGrad(() -> op.left().of(g, a, b)),
          Autograd.noGrad(() -> Derivative.left(op).of(g, a, b)));
      same(
          op + " right " + type,
          Autograd.noGrad(() -> op.right().of(g, a, b)),
          Autograd.noGrad(() -> Derivative.right(op).of(g, a, b)));
    }
  }
}
