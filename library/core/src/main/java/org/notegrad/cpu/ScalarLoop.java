package org.notegrad.cpu;

import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;
import org.notegrad.backend.UnaryOp;

/** A loop over single elements: truth values are ints. */
final class ScalarLoop extends Loop {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

  private final MethodTypeDesc one;
  private final MethodTypeDesc two;

  ScalarLoop(Program program, int repeated, CodeBuilder code) {
    super(program, repeated, code);
    one = MethodTypeDesc.of(element, element);
    two = MethodTypeDesc.of(element, element, element);
  }

  @Override
  TypeKind kindOf(int value) {
    return program.isTruth(value) ? TypeKind.INT : kind;
  }

  @Override
  int step() {
    return 1;
  }

  @Override
  void store(int output, int value) {
    place(program.inputs().size() + output);
    load(value);
    code.arrayStore(kind);
  }

  @Override
  void emit(Op op) {
    switch (op) {
      case Op.Input in -> input(in);
      case Op.Number number -> number(number.slot());
      case Op.Truth truth -> code.loadConstant(truth.value() ? 1 : 0);
      case Op.Unary u -> unary(u.op(), u.x());
      case Op.Binary b -> binary(b.op(), b.a(), b.b());
      case Op.Compare c -> compare(c.op(), () -> load(c.a()), () -> load(c.b()));
      case Op.Logic l -> {
        load(l.a());
        load(l.b());
        switch (l.op()) {
          case AND -> code.iand();
          case OR -> code.ior();
          case XOR -> code.ixor();
        }
      }
      case Op.Not n -> {
        load(n.condition());
        code.iconst_1().ixor();
      }
      case Op.Where w -> choose(w.condition(), () -> load(w.a()), () -> load(w.b()));
      case Op.Real r -> choose(r.condition(), () -> constant(1), () -> constant(0));
    }
  }

  private void input(Op.Input in) {
    Runnable value =
        () -> {
          if (isRepeated(in.slot())) {
            repeatedElement(in.slot());
          } else {
            place(in.slot());
            code.arrayLoad(kind);
          }
        };
    if (in.type() == program.type()) {
      value.run();
    } else {
      compare(CompareOp.NE, value, () -> constant(0));
    }
  }

  private void unary(UnaryOp op, int x) {
    if (MathMethods.hasScalar(op.label(), isFloat, 1)) {
      load(x);
      code.invokestatic(MathMethods.scalars(isFloat), op.label(), one);
      return;
    }
    switch (op) {
      case NEG -> {
        load(x);
        arithmetic(Opcode.FNEG, Opcode.DNEG);
      }
      case ABS -> {
        load(x);
        code.invokestatic(MATH, "abs", one);
      }
      case SQUARE -> {
        load(x);
        load(x);
        arithmetic(Opcode.FMUL, Opcode.DMUL);
      }
      case SQRT -> squareRoot(x);
      case RSQRT -> {
        constant(1);
        squareRoot(x);
        arithmetic(Opcode.FDIV, Opcode.DDIV);
      }
      case RECIPROCAL -> {
        constant(1);
        load(x);
        arithmetic(Opcode.FDIV, Opcode.DDIV);
      }
      case RELU -> {
        load(x);
        constant(0);
        code.invokestatic(MATH, "max", two);
      }
      case SIGN, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS, FLOOR, CEIL, ROUND ->
          throw new LoopClass.Refused(op.label() + " has no scalar form");
    }
  }

  private void squareRoot(int x) {
    load(x);
    if (isFloat) {
      code.f2d();
    }
    code.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
    if (isFloat) {
      code.d2f();
    }
  }

  private void binary(BinaryOp op, int a, int b) {
    if (MathMethods.hasScalar(op.label(), isFloat, 2)) {
      load(a);
      load(b);
      code.invokestatic(MathMethods.scalars(isFloat), op.label(), two);
      return;
    }
    load(a);
    load(b);
    switch (op) {
      case ADD -> arithmetic(Opcode.FADD, Opcode.DADD);
      case SUB -> arithmetic(Opcode.FSUB, Opcode.DSUB);
      case MUL -> arithmetic(Opcode.FMUL, Opcode.DMUL);
      case DIV -> arithmetic(Opcode.FDIV, Opcode.DDIV);
      case MAXIMUM -> code.invokestatic(MATH, "max", two);
      case MINIMUM -> code.invokestatic(MATH, "min", two);
      case POW -> throw new LoopClass.Refused("pow has no scalar form");
    }
  }

  private void arithmetic(Opcode onFloats, Opcode onDoubles) {
    code.with(
        java.lang.classfile.instruction.OperatorInstruction.of(isFloat ? onFloats : onDoubles));
  }

  /** A NaN is less than nothing and greater than nothing. */
  private void compare(CompareOp op, Runnable a, Runnable b) {
    a.run();
    b.run();
    boolean less = op == CompareOp.LT || op == CompareOp.LE;
    arithmetic(less ? Opcode.FCMPG : Opcode.FCMPL, less ? Opcode.DCMPG : Opcode.DCMPL);
    Label no = code.newLabel();
    Label end = code.newLabel();
    switch (op) {
      case EQ -> code.ifne(no);
      case NE -> code.ifeq(no);
      case LT -> code.ifge(no);
      case LE -> code.ifgt(no);
      case GT -> code.ifle(no);
      case GE -> code.iflt(no);
    }
    code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
  }

  private void choose(int condition, Runnable yes, Runnable no) {
    Label other = code.newLabel();
    Label end = code.newLabel();
    load(condition);
    code.ifeq(other);
    yes.run();
    code.goto_(end).labelBinding(other);
    no.run();
    code.labelBinding(end);
  }
}
