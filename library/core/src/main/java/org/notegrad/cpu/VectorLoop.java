package org.notegrad.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;
import org.notegrad.backend.UnaryOp;

/** A loop over vectors of the preferred species: truth values are masks. */
final class VectorLoop extends Loop {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
  private static final ClassDesc COMPARISON = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");
  private static final int NO_MASK = -1;

  private final int lanes;
  private final ClassDesc vector;
  private int mask = NO_MASK;

  VectorLoop(Program program, int repeated, int lanes, CodeBuilder code) {
    super(program, repeated, code);
    this.lanes = lanes;
    vector = ClassDesc.of(PACKAGE + (isFloat ? "FloatVector" : "DoubleVector"));
  }

  /** Writes the last step, of less than a vector. */
  void writeTail() {
    writeFixed();
    code.iload(COUNT).loadConstant(-lanes).iand().istore(index);
    mask = code.allocateLocal(TypeKind.REFERENCE);
    species();
    code.iload(index).iload(COUNT);
    code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
    code.astore(mask);
    writeStep();
    code.return_();
  }

  @Override
  TypeKind kindOf(int value) {
    return TypeKind.REFERENCE;
  }

  @Override
  int step() {
    return lanes;
  }

  @Override
  void store(int output, int value) {
    load(value);
    place(program.inputs().size() + output);
    if (mask == NO_MASK) {
      code.invokevirtual(
          vector, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int));
    } else {
      code.aload(mask)
          .invokevirtual(
              vector, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int, MASK));
    }
  }

  @Override
  void emit(Op op) {
    switch (op) {
      case Op.Input in -> input(in);
      case Op.Number number -> {
        species();
        number(number.slot());
        broadcast();
      }
      case Op.Truth truth -> {
        species();
        code.loadConstant(truth.value() ? 1 : 0);
        code.invokeinterface(
            SPECIES,
            "maskAll",
            MethodTypeDesc.of(MASK, java.lang.constant.ConstantDescs.CD_boolean));
      }
      case Op.Unary u -> unary(u.op(), u.x());
      case Op.Binary b -> binary(b.op(), b.a(), b.b());
      case Op.Compare c -> {
        load(c.a());
        comparison(c.op());
        load(c.b());
        compare();
      }
      case Op.Logic l -> {
        load(l.a());
        load(l.b());
        code.invokevirtual(
            MASK,
            switch (l.op()) {
              case AND -> "and";
              case OR -> "or";
              case XOR -> "xor";
            },
            MethodTypeDesc.of(MASK, MASK));
      }
      case Op.Not n -> {
        load(n.condition());
        code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
      }
      case Op.Where w -> where(w);
      case Op.Real r -> {
        broadcast(0);
        broadcast(1);
        load(r.condition());
        blend();
      }
    }
  }

  private void input(Op.Input in) {
    species();
    if (isRepeated(in.slot())) {
      repeatedElement(in.slot());
      broadcast();
    } else {
      place(in.slot());
      if (mask == NO_MASK) {
        code.invokestatic(
            vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, element.arrayType(), CD_int));
      } else {
        code.aload(mask)
            .invokestatic(
                vector,
                "fromArray",
                MethodTypeDesc.of(vector, SPECIES, element.arrayType(), CD_int, MASK));
      }
    }
    if (in.type() != program.type()) {
      comparison(CompareOp.NE);
      broadcast(0);
      compare();
    }
  }

  private void where(Op.Where w) {
    if (program.isTruth(w.a())) { // c & a | !c & b
      load(w.condition());
      load(w.a());
      code.invokevirtual(MASK, "and", MethodTypeDesc.of(MASK, MASK));
      load(w.b());
      load(w.condition());
      code.invokevirtual(MASK, "andNot", MethodTypeDesc.of(MASK, MASK));
      code.invokevirtual(MASK, "or", MethodTypeDesc.of(MASK, MASK));
    } else {
      load(w.b());
      load(w.a());
      load(w.condition());
      blend();
    }
  }

  private void unary(UnaryOp op, int x) {
    if (MathMethods.hasVector(op.label(), isFloat, 1)) {
      load(x);
      MathMethods.inline(code, op.label(), isFloat, 1);
      return;
    }
    switch (op) {
      case NEG, ABS, SQRT -> {
        load(x);
        method(op.label());
      }
      case SQUARE -> {
        load(x);
        load(x);
        method("mul", VECTOR);
      }
      case RSQRT -> {
        broadcast(1);
        load(x);
        method("sqrt");
        method("div", VECTOR);
      }
      case RECIPROCAL -> {
        broadcast(1);
        load(x);
        method("div", VECTOR);
      }
      case RELU -> {
        load(x);
        broadcast(0);
        method("max", VECTOR);
      }
      case SIGN, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS, FLOOR, CEIL, ROUND ->
          throw new LoopClass.Refused(op.label() + " has no vector form");
    }
  }

  private void binary(BinaryOp op, int a, int b) {
    load(a);
    load(b);
    if (MathMethods.hasVector(op.label(), isFloat, 2)) {
      MathMethods.inline(code, op.label(), isFloat, 2);
      return;
    }
    switch (op) {
      case ADD, SUB, MUL, DIV -> method(op.label(), VECTOR);
      case MAXIMUM -> method("max", VECTOR);
      case MINIMUM -> method("min", VECTOR);
      case POW -> throw new LoopClass.Refused("pow has no vector form");
    }
  }

  private void species() {
    code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  private void broadcast(double value) {
    species();
    constant(value);
    broadcast();
  }

  private void broadcast() {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element));
  }

  private void comparison(CompareOp op) {
    code.getstatic(OPERATORS, op.name(), COMPARISON);
  }

  private void compare() {
    code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  private void blend() {
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
  }

  private void method(String name, ClassDesc... parameters) {
    code.invokevirtual(vector, name, MethodTypeDesc.of(vector, parameters));
  }
}
