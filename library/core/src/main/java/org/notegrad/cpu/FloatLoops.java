// DoubleLoops.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/** The loop of each elementwise operation on float32, made when it is first wanted. */
final class FloatLoops {
  private static final FloatPlain PLAIN = new FloatPlain() {};

  private static final VectorLoops.FloatUnaryLoop[] UNARY =
      new VectorLoops.FloatUnaryLoop[UnaryOp.values().length];

  private static final VectorLoops.FloatBinaryLoop[] BINARY =
      new VectorLoops.FloatBinaryLoop[BinaryOp.values().length];

  private FloatLoops() {}

  static VectorLoops.FloatUnaryLoop of(UnaryOp op) {
    VectorLoops.FloatUnaryLoop loop = UNARY[op.ordinal()];
    if (loop == null) {
      loop = UNARY[op.ordinal()] = make(op);
    }
    return loop;
  }

  private static VectorLoops.FloatUnaryLoop make(UnaryOp op) {
    VectorLoops.FloatUnary f = VectorFunctions.of(op).floats();
    return f == null
        ? (x, xAt, out, outAt, n) -> PLAIN.unary(op, x, xAt, 1, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(), FloatUnaryTemplate.class, f, VectorLoops.FloatUnaryLoop.class);
  }

  static VectorLoops.FloatBinaryLoop of(BinaryOp op) {
    VectorLoops.FloatBinaryLoop loop = BINARY[op.ordinal()];
    if (loop == null) {
      loop = BINARY[op.ordinal()] = make(op);
    }
    return loop;
  }

  private static VectorLoops.FloatBinaryLoop make(BinaryOp op) {
    VectorLoops.FloatBinary f = VectorFunctions.of(op).floats();
    return f == null
        ? (a, aAt, aStep, b, bAt, bStep, out, outAt, n) ->
            PLAIN.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, 1, n)
        : Specialised.copy(
            MethodHandles.lookup(),
            FloatBinaryTemplate.class,
            f,
            VectorLoops.FloatBinaryLoop.class);
  }
}
