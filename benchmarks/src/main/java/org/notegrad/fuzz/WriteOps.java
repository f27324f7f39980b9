package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.notegrad.Autograd;
import org.notegrad.Tensor;

/** Writes into a tensor; the first of the ints says whether inside noGrad. */
final class WriteOps {
  private WriteOps() {}

  /** A write of a number. */
  @FunctionalInterface
  private interface WithNumber {
    Tensor of(Tensor x, double number);
  }

  /** A write of an integer. */
  @FunctionalInterface
  private interface WithLong {
    Tensor of(Tensor x, long number);
  }

  static List<Op> all() {
    List<Op> ops = new ArrayList<>();
    ops.add(two("add", Tensor::addInPlace, "add_(%s)"));
    ops.add(two("sub", Tensor::subInPlace, "sub_(%s)"));
    ops.add(two("mul", Tensor::mulInPlace, "mul_(%s)"));
    ops.add(two("div", Tensor::divInPlace, "div_(%s)"));
    ops.add(two("copy", Tensor::copyInPlace, "copy_(%s)"));
    ops.add(number("addNumber", "addInPlace", Tensor::addInPlace, "add_(%s)"));
    ops.add(number("mulNumber", "mulInPlace", Tensor::mulInPlace, "mul_(%s)"));
    ops.add(number("subNumber", "subInPlace", Tensor::subInPlace, "sub_(%s)"));
    ops.add(number("divNumber", "divInPlace", Tensor::divInPlace, "div_(%s)"));
    ops.add(integer("addLong", "addInPlace", Tensor::addInPlace, "add_(%d)"));
    ops.add(integer("subLong", "subInPlace", Tensor::subInPlace, "sub_(%d)"));
    ops.add(integer("mulLong", "mulInPlace", Tensor::mulInPlace, "mul_(%d)"));
    ops.add(integer("fillLong", "fillInPlace", Tensor::fillInPlace, "fill_(%d)"));
    ops.add(number("fill", "fillInPlace", Tensor::fillInPlace, "fill_(%s)"));
    ops.add(addScaled());
    ops.add(zero());
    return ops;
  }

  /** A target; what requires gradients is written without recording. */
  private static Integer target(Maker m) {
    return m.find(f -> f.numel() > 0);
  }

  private static int[] quiet(Maker m, boolean gradients) {
    return new int[] {gradients || m.chance(0.2) ? 1 : 0};
  }

  private static Op op(String name, Op.Choice choice, Op.Body write, Op.Text java, Op.Text python) {
    return new Op(
        name,
        choice,
        (in, a) -> in[0],
        (in, a) -> a.ints()[0] == 1 ? Autograd.noGrad(() -> write.of(in, a)) : write.of(in, a),
        (in, a) -> a.ints()[0] == 1 ? "noGrad(() -> " + java.of(in, a) + ")" : java.of(in, a),
        (in, a) -> in[0] + "." + python.of(in, a));
  }

  private static Op.Use withOther(Maker m, double... reals) {
    Integer x = target(m);
    if (x == null) {
      return null;
    }
    int other = m.chance(0.8) ? m.smaller(x) : m.partner(x);
    boolean gradients = m.fact(x).grad() || m.fact(other).grad();
    return Op.Use.of(x, other, new Args(quiet(m, gradients), new long[0], reals));
  }

  private static Op two(String name, BinaryOperator<Tensor> write, String python) {
    return op(
        name + "InPlace",
        WriteOps::withOther,
        (in, a) -> write.apply(in[0], in[1]),
        (in, a) -> "%s.%sInPlace(%s)".formatted(in[0], name, in[1]),
        (in, a) -> python.formatted(in[1]));
  }

  private static Op.Use withOther(Maker m) {
    return withOther(m, new double[0]);
  }

  private static Op addScaled() {
    return op(
        "addScaledInPlace",
        m -> withOther(m, m.number()),
        (in, a) -> in[0].addInPlace(in[1], a.reals()[0]),
        (in, a) -> "%s.addInPlace(%s, %s)".formatted(in[0], in[1], Args.java(a.reals()[0])),
        (in, a) -> "add_(%s, alpha=%s)".formatted(in[1], Args.python(a.reals()[0])));
  }

  private static Op number(String name, String method, WithNumber write, String python) {
    return op(
        name + "InPlace",
        m -> {
          Integer x = target(m);
          return x == null
              ? null
              : Op.Use.of(
                  x, new Args(quiet(m, m.fact(x).grad()), new long[0], new double[] {m.number()}));
        },
        (in, a) -> write.of(in[0], a.reals()[0]),
        (in, a) -> "%s.%s(%s)".formatted(in[0], method, Args.java(a.reals()[0])),
        (in, a) -> python.formatted(Args.pythonWhole(a.reals()[0])));
  }

  private static Op integer(String name, String method, WithLong write, String python) {
    return op(
        name + "InPlace",
        m -> {
          Integer x = target(m);
          if (x == null) {
            return null;
          }
          int[] quiet = quiet(m, m.fact(x).grad());
          return Op.Use.of(x, new Args(quiet, new long[] {m.integer()}, new double[0]));
        },
        (in, a) -> write.of(in[0], a.longs()[0]),
        (in, a) -> "%s.%s(%dL)".formatted(in[0], method, a.longs()[0]),
        (in, a) -> python.formatted(a.longs()[0]));
  }

  private static Op zero() {
    return op(
        "zeroInPlace",
        m -> {
          Integer x = target(m);
          return x == null ? null : Op.Use.of(x, Args.ints(quiet(m, m.fact(x).grad())));
        },
        (in, a) -> in[0].zeroInPlace(),
        (in, a) -> in[0] + ".zeroInPlace()",
        (in, a) -> "zero_()");
  }
}
