package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.notegrad.DType;
import org.notegrad.Tensor;

/** Functions of one tensor, element by element, and conversions. */
final class UnaryOps {
  private UnaryOps() {}

  static List<Op> all() {
    List<Op> ops = new ArrayList<>();
    same(ops, "neg", Tensor::neg);
    same(ops, "abs", Tensor::abs);
    same(ops, "sign", Tensor::sign);
    same(ops, "square", Tensor::square);
    real(ops, "sqrt", Tensor::sqrt);
    real(ops, "rsqrt", Tensor::rsqrt);
    real(ops, "reciprocal", Tensor::reciprocal);
    real(ops, "exp", Tensor::exp);
    real(ops, "expm1", Tensor::expm1);
    real(ops, "log", Tensor::log);
    real(ops, "log1p", Tensor::log1p);
    real(ops, "sin", Tensor::sin);
    real(ops, "cos", Tensor::cos);
    real(ops, "tanh", Tensor::tanh);
    real(ops, "sigmoid", Tensor::sigmoid);
    ops.add(op("softplus", Fact::real, Tensor::softplus, "F.softplus(%s)"));
    same(ops, "relu", Tensor::relu);
    same(ops, "floor", Tensor::floor);
    same(ops, "ceil", Tensor::ceil);
    same(ops, "round", Tensor::round);
    same(ops, "clone", Tensor::clone);
    same(ops, "contiguous", Tensor::contiguous);
    ops.add(
        op("detach", x -> new Fact(x.dtype(), x.shape(), false), Tensor::detach, "%s.detach()"));
    ops.add(op("isNaN", x -> x.as(DType.BOOL), Tensor::isNaN, "torch.isnan(%s)"));
    ops.add(op("isFinite", x -> x.as(DType.BOOL), Tensor::isFinite, "torch.isfinite(%s)"));
    ops.add(op("logicalNot", x -> x.as(DType.BOOL), Tensor::logicalNot, "%s.logical_not()"));
    ops.add(to());
    ops.add(clamp());
    ops.add(clampLong());
    return ops;
  }

  private static void same(List<Op> ops, String name, UnaryOperator<Tensor> run) {
    ops.add(op(name, x -> x, run, "%s." + name + "()"));
  }

  private static void real(List<Op> ops, String name, UnaryOperator<Tensor> run) {
    ops.add(op(name, Fact::real, run, "%s." + name + "()"));
  }

  private static Op op(
      String name, UnaryOperator<Fact> rule, UnaryOperator<Tensor> run, String python) {
    return new Op(
        name,
        m -> Op.Use.of(m.mostlyReal(), Args.none()),
        (in, a) -> rule.apply(in[0]),
        (in, a) -> run.apply(in[0]),
        (in, a) -> in[0] + "." + name + "()",
        (in, a) -> python.formatted(in[0]));
  }

  private static Op to() {
    return new Op(
        "to",
        m -> Op.Use.of(m.any(), Args.ints(m.below(m.types().size()))),
        (in, a) -> in[0].as(Maker.TYPES.get(a.ints()[0])),
        (in, a) -> in[0].to(Maker.TYPES.get(a.ints()[0])),
        (in, a) -> in[0] + ".to(DType." + Maker.TYPES.get(a.ints()[0]).name() + ")",
        (in, a) -> in[0] + ".to(torch." + Maker.TYPES.get(a.ints()[0]) + ")");
  }

  private static Op clamp() {
    return new Op(
        "clamp",
        m -> {
          double one = m.number();
          double other = m.number();
          boolean ordered = m.chance(0.9);
          return Op.Use.of(
              m.mostlyReal(),
              Args.reals(
                  ordered ? Math.min(one, other) : one, ordered ? Math.max(one, other) : other));
        },
        (in, a) -> in[0],
        (in, a) -> in[0].clamp(a.reals()[0], a.reals()[1]),
        (in, a) ->
            "%s.clamp(%s, %s)".formatted(in[0], Args.java(a.reals()[0]), Args.java(a.reals()[1])),
        (in, a) ->
            "%s.clamp(%s, %s)"
                .formatted(in[0], Args.pythonWhole(a.reals()[0]), Args.pythonWhole(a.reals()[1])));
  }

  private static Op clampLong() {
    return new Op(
        "clampLong",
        m -> {
          long one = m.integer();
          long other = m.integer();
          return Op.Use.of(m.any(), Args.longs(Math.min(one, other), Math.max(one, other)));
        },
        (in, a) -> in[0].dtype() == DType.BOOL ? in[0].as(DType.INT64) : in[0],
        (in, a) -> in[0].clamp(a.longs()[0], a.longs()[1]),
        (in, a) -> "%s.clamp(%dL, %dL)".formatted(in[0], a.longs()[0], a.longs()[1]),
        (in, a) -> "%s.clamp(%d, %d)".formatted(in[0], a.longs()[0], a.longs()[1]));
  }
}
