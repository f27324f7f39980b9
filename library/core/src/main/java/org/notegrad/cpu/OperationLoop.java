package org.notegrad.cpu;

import java.util.List;
import org.notegrad.DType;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;
import org.notegrad.backend.ProgramBuilder;
import org.notegrad.backend.UnaryOp;

/**
 * The loops of functions that the JIT would not inline, because they are too long: programs of one
 * operation, with the function's body copied in.
 */
final class OperationLoop {
  /** Which operands are repeated along a run. */
  static final int NONE = 0;

  static final int LEFT = 1;
  static final int RIGHT = 2;

  private OperationLoop() {}

  static LoopKernel of(UnaryOp op, DType type, int lanes) {
    return new WarmingLoop(program(op, type), NONE, lanes);
  }

  static LoopKernel of(BinaryOp op, DType type, int repeated, int lanes) {
    return new WarmingLoop(program(op, type), repeated, lanes);
  }

  static Program program(UnaryOp op, DType type) {
    var builder = new ProgramBuilder();
    int result = builder.add(new Op.Unary(op, builder.add(new Op.Input(0, type))));
    return builder.build(type, List.of(type), 0, List.of(result));
  }

  static Program program(BinaryOp op, DType type) {
    var builder = new ProgramBuilder();
    int a = builder.add(new Op.Input(0, type));
    int b = builder.add(new Op.Input(1, type));
    int result = builder.add(new Op.Binary(op, a, b));
    return builder.build(type, List.of(type, type), 0, List.of(result));
  }
}
