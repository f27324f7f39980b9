package org.notegrad.cpu;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.List;
import org.notegrad.DType;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;

/**
 * Writes the body of a loop over a program's elements: what does not change along a run first, then
 * what each step computes. Its parameters are those of {@link LoopKernel#run}, from local 0 on.
 */
abstract sealed class Loop permits ScalarLoop, VectorLoop {
  private static final int ARRAYS = 0;
  private static final int AT = 1;
  private static final int NUMBERS = 2;
  static final int COUNT = 3;

  final Program program;
  final CodeBuilder code;
  final boolean isFloat;
  final ClassDesc element;
  final TypeKind kind;
  final int index;
  private final int repeated;
  private final int[] locals;
  private final boolean[] fixed;
  private final int[] arrays;
  private final int[] starts;

  Loop(Program program, int repeated, CodeBuilder code) {
    this.program = program;
    this.repeated = repeated;
    this.code = code;
    isFloat = program.type() == DType.FLOAT32;
    element = isFloat ? CD_float : CD_double;
    kind = isFloat ? TypeKind.FLOAT : TypeKind.DOUBLE;
    locals = new int[program.code().size()];
    fixed = new boolean[locals.length];
    int operands = program.inputs().size() + program.outputs().size();
    arrays = new int[operands];
    starts = new int[operands];
    index = code.allocateLocal(TypeKind.INT);
  }

  /** Leaves the value of {@code op} on the stack. */
  abstract void emit(Op op);

  /** How a value is kept in a local variable. */
  abstract TypeKind kindOf(int value);

  /** Writes the step's value to an output. */
  abstract void store(int output, int value);

  /** How many elements a step computes. */
  abstract int step();

  /** Writes a loop over whole steps. */
  final void write() {
    writeFixed();
    int end = code.allocateLocal(TypeKind.INT);
    code.loadConstant(0).istore(index);
    code.iload(COUNT).loadConstant(-step()).iand().istore(end);
    Label top = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(top).iload(index).iload(end).if_icmpge(done);
    writeStep();
    code.iinc(index, step()).goto_(top);
    code.labelBinding(done).return_();
  }

  final void writeFixed() {
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = code.allocateLocal(TypeKind.REFERENCE);
      starts[i] = code.allocateLocal(TypeKind.INT);
      code.aload(ARRAYS).loadConstant(i).aaload().checkcast(element.arrayType()).astore(arrays[i]);
      code.aload(AT).loadConstant(i).iaload().istore(starts[i]);
    }
    List<Op> ops = program.code();
    for (int v = 0; v < ops.size(); v++) {
      fixed[v] =
          switch (ops.get(v)) {
            case Op.Input in -> isRepeated(in.slot());
            case Op.Number _, Op.Truth _ -> true;
            case Op.Unary _,
                Op.Binary _,
                Op.Compare _,
                Op.Logic _,
                Op.Not _,
                Op.Where _,
                Op.Real _ ->
                areFixed(ops.get(v).operands());
          };
      if (fixed[v]) {
        keep(v);
      }
    }
  }

  private boolean areFixed(int[] values) {
    for (int value : values) {
      if (!fixed[value]) {
        return false;
      }
    }
    return true;
  }

  final boolean isRepeated(int input) {
    return (repeated >> input & 1) != 0;
  }

  /** All loads come before all stores, so an output may be an input. */
  final void writeStep() {
    for (int v = 0; v < fixed.length; v++) {
      if (!fixed[v]) {
        keep(v);
      }
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      store(i, program.outputs().get(i));
    }
  }

  private void keep(int v) {
    emit(program.code().get(v));
    locals[v] = code.allocateLocal(kindOf(v));
    code.storeLocal(kindOf(v), locals[v]);
  }

  final void load(int v) {
    code.loadLocal(kindOf(v), locals[v]);
  }

  /** The array of an operand, and the step's index in it. */
  final void place(int operand) {
    code.aload(arrays[operand]).iload(starts[operand]).iload(index).iadd();
  }

  /** The element of an operand that is repeated. */
  final void repeatedElement(int operand) {
    code.aload(arrays[operand]).iload(starts[operand]).arrayLoad(kind);
  }

  final void number(int slot) {
    code.aload(NUMBERS).loadConstant(slot).daload();
    if (isFloat) {
      code.d2f();
    }
  }

  final void constant(double value) {
    if (isFloat) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
  }
}
