// DoubleLoops.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.notegrad.DType;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/** The loop of each elementwise operation on float32, made when it is first wanted. */
final class FloatLoops {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final double[] NO_NUMBERS = {};

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
    VectorFunctions.Unary f = VectorFunctions.of(op);
    if (f == null) {
      LoopKernel loop = OperationLoop.of(op, DType.FLOAT32, LANES);
      return (x, xAt, out, outAt, n) ->
          loop.run(new Object[] {x, out}, new int[] {xAt, outAt}, NO_NUMBERS, n);
    }
    return Specialised.copy(
        MethodHandles.lookup(),
        FloatUnaryTemplate.class,
        f.floats(),
        VectorLoops.FloatUnaryLoop.class);
  }

  static VectorLoops.FloatBinaryLoop of(BinaryOp op) {
    VectorLoops.FloatBinaryLoop loop = BINARY[op.ordinal()];
    if (loop == null) {
      loop = BINARY[op.ordinal()] = make(op);
    }
    return loop;
  }

  private static VectorLoops.FloatBinaryLoop make(BinaryOp op) {
    VectorFunctions.Binary f = VectorFunctions.of(op);
    if (f == null) {
      return longLoop(op);
    }
    return Specialised.copy(
        MethodHandles.lookup(),
        FloatBinaryTemplate.class,
        f.floats(),
        VectorLoops.FloatBinaryLoop.class);
  }

  private static VectorLoops.FloatBinaryLoop longLoop(BinaryOp op) {
    LoopKernel both = OperationLoop.of(op, DType.FLOAT32, OperationLoop.NONE, LANES);
    LoopKernel right = OperationLoop.of(op, DType.FLOAT32, OperationLoop.RIGHT, LANES);
    LoopKernel left = OperationLoop.of(op, DType.FLOAT32, OperationLoop.LEFT, LANES);
    FloatFunctions.Binary function = FloatFunctions.of(op);
    return (a, aAt, aStep, b, bAt, bStep, out, outAt, n) -> {
      if (aStep == 0 && bStep == 0) {
        Arrays.fill(out, outAt, outAt + n, function.of(a[aAt], b[bAt]));
        return;
      }
      LoopKernel loop = bStep == 0 ? right : aStep == 0 ? left : both;
      loop.run(new Object[] {a, b, out}, new int[] {aAt, bAt, outAt}, NO_NUMBERS, n);
    };
  }
}
