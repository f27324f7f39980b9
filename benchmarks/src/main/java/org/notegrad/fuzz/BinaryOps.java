package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.notegrad.DType;
import org.notegrad.Functional;
import org.notegrad.Tensor;

/** Functions of two tensors, or of a tensor and a number, element by element. */
final class BinaryOps {
  private BinaryOps() {}

  /** A function of a tensor and a number. */
  @FunctionalInterface
  private interface WithReal {
    Tensor of(Tensor x, double number);
  }

  /** A function of a tensor and an integer. */
  @FunctionalInterface
  private interface WithLong {
    Tensor of(Tensor x, long number);
  }

  static List<Op> all() {
    List<Op> ops = new ArrayList<>();
    arithmetic(ops);
    comparisons(ops);
    ops.add(powLong());
    ops.add(where());
    return ops;
  }

  private static void arithmetic(List<Op> ops) {
    ops.add(two("add", x -> x, Tensor::add, "%s + %s"));
    ops.add(two("sub", x -> x, Tensor::sub, "%s - %s"));
    ops.add(two("mul", x -> x, Tensor::mul, "%s * %s"));
    ops.add(two("div", Fact::real, Tensor::div, "%s / %s"));
    ops.add(two("pow", Fact::real, Tensor::pow, "%s ** %s"));
    ops.add(two("maximum", x -> x, Tensor::maximum, "torch.maximum(%s, %s)"));
    ops.add(two("minimum", x -> x, Tensor::minimum, "torch.minimum(%s, %s)"));
    ops.add(number("add", Fact::real, Tensor::add, "%s + %s"));
    ops.add(number("sub", Fact::real, Tensor::sub, "%s - %s"));
    ops.add(number("mul", Fact::real, Tensor::mul, "%s * %s"));
    ops.add(number("div", Fact::real, Tensor::div, "%s / %s"));
    ops.add(number("pow", Fact::real, Tensor::pow, "%s ** %s"));
    ops.add(number("maximum", Fact::real, Tensor::maximum, extreme("maximum")));
    ops.add(number("minimum", Fact::real, Tensor::minimum, extreme("minimum")));
    UnaryOperator<Fact> counts = x -> x.dtype() == DType.BOOL ? x.as(DType.INT64) : x;
    ops.add(integer("add", counts, Tensor::add, "%s + %s"));
    ops.add(integer("sub", counts, Tensor::sub, "%s - %s"));
    ops.add(integer("mul", counts, Tensor::mul, "%s * %s"));
  }

  /** PyTorch has these for two tensors only. */
  private static String extreme(String name) {
    return "torch."
        + name
        + "(%1$s, torch.tensor(%2$s,"
        + " dtype=%1$s.dtype if %1$s.is_floating_point() else torch.float32))";
  }

  private static void comparisons(List<Op> ops) {
    compare(ops, "eq", Tensor::eq, Tensor::eq, Tensor::eq, "==");
    compare(ops, "ne", Tensor::ne, Tensor::ne, Tensor::ne, "!=");
    compare(ops, "lt", Tensor::lt, Tensor::lt, Tensor::lt, "<");
    compare(ops, "le", Tensor::le, Tensor::le, Tensor::le, "<=");
    compare(ops, "gt", Tensor::gt, Tensor::gt, Tensor::gt, ">");
    compare(ops, "ge", Tensor::ge, Tensor::ge, Tensor::ge, ">=");
    ops.add(two("logicalAnd", BinaryOps::truth, Tensor::logicalAnd, "%s.logical_and(%s)"));
    ops.add(two("logicalOr", BinaryOps::truth, Tensor::logicalOr, "%s.logical_or(%s)"));
  }

  private static Fact truth(Fact x) {
    return x.as(DType.BOOL);
  }

  private static void compare(
      List<Op> ops,
      String name,
      BinaryOperator<Tensor> two,
      WithReal number,
      WithLong integer,
      String sign) {
    String python = "%s " + sign + " %s";
    ops.add(two(name, BinaryOps::truth, two, python));
    ops.add(number(name, BinaryOps::truth, number, python));
    ops.add(integer(name, BinaryOps::truth, integer, python));
  }

  private static Op two(
      String name, UnaryOperator<Fact> rule, BinaryOperator<Tensor> run, String python) {
    return new Op(
        name,
        m -> {
          int left = m.mostlyReal();
          int right = m.partner(left);
          return m.chance(0.5)
              ? Op.Use.of(left, right, Args.none())
              : Op.Use.of(right, left, Args.none());
        },
        (in, a) -> rule.apply(Fact.broadcast(in)),
        (in, a) -> run.apply(in[0], in[1]),
        (in, a) -> "%s.%s(%s)".formatted(in[0], name, in[1]),
        (in, a) -> python.formatted(in[0], in[1]));
  }

  private static Op number(String name, UnaryOperator<Fact> rule, WithReal run, String python) {
    return new Op(
        name + "Number",
        m -> Op.Use.of(m.mostlyReal(), Args.reals(m.number())),
        (in, a) -> rule.apply(in[0]),
        (in, a) -> run.of(in[0], a.reals()[0]),
        (in, a) -> "%s.%s(%s)".formatted(in[0], name, Args.java(a.reals()[0])),
        (in, a) -> python.formatted(in[0], Args.python(a.reals()[0])));
  }

  private static Op integer(String name, UnaryOperator<Fact> rule, WithLong run, String python) {
    return new Op(
        name + "Long",
        m -> Op.Use.of(m.any(), Args.longs(m.integer())),
        (in, a) -> rule.apply(in[0]),
        (in, a) -> run.of(in[0], a.longs()[0]),
        (in, a) -> "%s.%s(%dL)".formatted(in[0], name, a.longs()[0]),
        (in, a) -> python.formatted(in[0], a.longs()[0]));
  }

  /** Small exponents: PyTorch refuses negative ones of integers. */
  private static Op powLong() {
    return new Op(
        "powLong",
        m -> Op.Use.of(m.any(), Args.longs(m.below(6) - (m.chance(0.1) ? 3 : 0))),
        (in, a) -> in[0].dtype() == DType.BOOL ? in[0].as(DType.INT64) : in[0],
        (in, a) -> in[0].pow(a.longs()[0]),
        (in, a) -> "%s.pow(%dL)".formatted(in[0], a.longs()[0]),
        (in, a) -> "%s ** %s".formatted(in[0], a.longs()[0]));
  }

  private static Op where() {
    return new Op(
        "where",
        m -> {
          int left = m.mostlyReal();
          int right = m.partner(left);
          int condition = m.partner(left, DType.BOOL);
          return new Op.Use(new int[] {condition, left, right}, Args.none());
        },
        (in, a) -> {
          Fact both = Fact.broadcast(in[1], in[2]);
          return both.with(Shapes.broadcast(in[0].shape(), both.shape()));
        },
        (in, a) -> Functional.where(in[0], in[1], in[2]),
        (in, a) -> "where(%s, %s, %s)".formatted(in[0], in[1], in[2]),
        (in, a) -> "torch.where(%s, %s, %s)".formatted(in[0], in[1], in[2]));
  }
}
