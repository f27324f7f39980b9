package org.notegrad.backend;

import org.notegrad.DType;
import org.notegrad.backend.Program.Op;

/** A program as text for people: one line a value, in the order in which the loop computes them. */
final class ProgramText {
  private final Program program;
  private final String[] names;
  private final StringBuilder text = new StringBuilder();

  private ProgramText(Program program) {
    this.program = program;
    this.names = new String[program.code().size()];
  }

  static String of(Program program) {
    return new ProgramText(program).write();
  }

  private String write() {
    text.append("for each element (").append(program.type()).append("):\n");
    int made = 0;
    for (int v = 0; v < names.length; v++) {
      Op op = program.code().get(v);
      names[v] =
          switch (op) {
            case Op.Input in -> (in.type() == DType.BOOL ? "b" : "x") + in.slot();
            case Op.Number number -> "k" + number.slot();
            case Op.Truth truth -> String.valueOf(truth.value());
            case Op.Unary _,
                Op.Binary _,
                Op.Compare _,
                Op.Logic _,
                Op.Not _,
                Op.Where _,
                Op.Real _ ->
                "v" + made++;
          };
      if (op.operands().length > 0) { // inputs and numbers go by their own names
        line(names[v], expression(op));
      }
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      line("y" + i, name(program.outputs().get(i)));
    }
    return text.toString();
  }

  private void line(String name, String expression) {
    text.append("  ").append(name).append(" = ").append(expression).append('\n');
  }

  private String name(int v) {
    return names[v];
  }

  private String expression(Op op) {
    return switch (op) {
      case Op.Input _, Op.Number _, Op.Truth _ -> throw new IllegalStateException(op.toString());
      case Op.Unary u -> unary(u.op(), name(u.x()));
      case Op.Binary b -> binary(b.op(), name(b.a()), name(b.b()));
      case Op.Compare c -> name(c.a()) + " " + symbol(c.op()) + " " + name(c.b());
      case Op.Logic l -> name(l.a()) + " " + symbol(l.op()) + " " + name(l.b());
      case Op.Not n -> "!" + name(n.condition());
      case Op.Where w -> name(w.condition()) + " ? " + name(w.a()) + " : " + name(w.b());
      case Op.Real r -> name(r.condition()) + " ? 1 : 0";
    };
  }

  private static String unary(UnaryOp op, String x) {
    return op == UnaryOp.NEG ? "-" + x : op.label() + "(" + x + ")";
  }

  private static String binary(BinaryOp op, String a, String b) {
    return switch (op) {
      case ADD -> a + " + " + b;
      case SUB -> a + " - " + b;
      case MUL -> a + " * " + b;
      case DIV -> a + " / " + b;
      case POW, MAXIMUM, MINIMUM -> op.label() + "(" + a + ", " + b + ")";
    };
  }

  static String symbol(CompareOp op) {
    return switch (op) {
      case EQ -> "==";
      case NE -> "!=";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
    };
  }

  static String symbol(Program.LogicOp op) {
    return switch (op) {
      case AND -> "&&";
      case OR -> "||";
      case XOR -> "!=";
    };
  }
}
