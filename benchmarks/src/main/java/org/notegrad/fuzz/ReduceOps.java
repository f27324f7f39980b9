package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.notegrad.DType;
import org.notegrad.Functional;
import org.notegrad.Keep;
import org.notegrad.Tensor;

/** Reductions, and what works along a dimension. */
final class ReduceOps {
  private ReduceOps() {}

  /** A reduction over dimensions. */
  @FunctionalInterface
  private interface OverDims {
    Tensor of(Tensor x, int[] dims, Keep keep);
  }

  /** A function along a dimension. */
  @FunctionalInterface
  private interface Along {
    Tensor of(Tensor x, int dim);
  }

  static List<Op> all() {
    List<Op> ops = new ArrayList<>();
    reduction(ops, "sum", ReduceOps::counts, Tensor::sum, Tensor::sum, "%s.sum(%s)");
    reduction(ops, "mean", Fact::real, Tensor::mean, Tensor::mean, "%s.mean(%s)");
    reduction(ops, "var", Fact::real, Tensor::var, Tensor::var, "%s.var(%s)");
    reduction(ops, "max", x -> x, Tensor::max, Tensor::max, "%s.amax(%s)");
    reduction(ops, "min", x -> x, Tensor::min, Tensor::min, "%s.amin(%s)");
    ops.add(whole("prod", ReduceOps::counts, Tensor::prod, "%s.prod()"));
    ops.add(overDims("prod", ReduceOps::counts, Tensor::prod, ReduceOps::prodText));
    ops.add(whole("std", Fact::real, Tensor::std, "%s.std()"));
    ops.add(whole("norm", Fact::real, Tensor::norm, "torch.linalg.vector_norm(%s)"));
    ops.add(whole("any", x -> x.as(DType.BOOL), x -> truth(x.any()), "%s.any()"));
    ops.add(whole("all", x -> x.as(DType.BOOL), x -> truth(x.all()), "%s.all()"));
    ops.add(along("stdDim", true, Fact::real, Tensor::std, "%s.std(%d)", "%s.std(%d)"));
    UnaryOperator<Fact> index = x -> x.as(DType.INT64);
    ops.add(along("argmax", true, index, Tensor::argmax, "%s.argmax(%d)", "%s.argmax(%d)"));
    ops.add(along("argmin", true, index, Tensor::argmin, "%s.argmin(%d)", "%s.argmin(%d)"));
    ops.add(
        along("softmax", false, Fact::real, Tensor::softmax, "%s.softmax(%d)", "%s.softmax(%d)"));
    ops.add(
        along(
            "logSoftmax",
            false,
            Fact::real,
            Tensor::logSoftmax,
            "%s.logSoftmax(%d)",
            "%s.log_softmax(%d)"));
    ops.add(
        along(
            "logSumExp",
            true,
            Fact::real,
            Functional::logSumExp,
            "logSumExp(%s, %d)",
            "%s.logsumexp(%d)"));
    return ops;
  }

  private static Tensor truth(boolean value) {
    return Tensor.scalar(DType.BOOL, value ? 1 : 0);
  }

  private static Fact counts(Fact x) {
    return x.isReal() ? x : x.as(DType.INT64);
  }

  private static void reduction(
      List<Op> ops,
      String name,
      UnaryOperator<Fact> rule,
      UnaryOperator<Tensor> whole,
      OverDims dims,
      String python) {
    ops.add(whole(name, rule, whole, python.replace("(%s)", "()")));
    ops.add(
        overDims(
            name,
            rule,
            dims,
            (in, a) ->
                python.formatted(
                    in[0],
                    "dim=(%s%s)%s"
                        .formatted(
                            Args.list(a.rest(1)),
                            a.ints().length == 2 ? "," : "",
                            a.ints()[0] == 1 ? ", keepdim=True" : ""))));
  }

  private static Op whole(
      String name, UnaryOperator<Fact> rule, UnaryOperator<Tensor> run, String python) {
    return new Op(
        name,
        m -> Op.Use.of(m.mostlyReal(), Args.none()),
        (in, a) -> rule.apply(in[0]).with(),
        (in, a) -> run.apply(in[0]),
        (in, a) ->
            name.equals("any") || name.equals("all")
                ? "scalar(DType.BOOL, %s.%s() ? 1 : 0)".formatted(in[0], name)
                : in[0] + "." + name + "()",
        (in, a) -> python.formatted(in[0]));
  }

  /** The first of the ints says whether to keep, the rest are the dimensions. */
  private static Op overDims(String name, UnaryOperator<Fact> rule, OverDims run, Op.Text python) {
    return new Op(
        name + "Dims",
        m -> {
          int x = m.mostlyReal();
          int[] dims = m.dims(m.fact(x).rank());
          int[] ints = new int[dims.length + 1];
          ints[0] = m.chance(0.4) ? 1 : 0;
          System.arraycopy(dims, 0, ints, 1, dims.length);
          return dims.length == 0 ? null : Op.Use.of(x, Args.ints(ints));
        },
        (in, a) ->
            rule.apply(in[0]).with(Shapes.reduced(in[0].shape(), a.rest(1), a.ints()[0] == 1)),
        (in, a) -> run.of(in[0], a.rest(1), a.ints()[0] == 1 ? Keep.KEEP : Keep.DROP),
        (in, a) ->
            "%s.%s(new int[] {%s}, Keep.%s)"
                .formatted(in[0], name, Args.list(a.rest(1)), a.ints()[0] == 1 ? "KEEP" : "DROP"),
        python);
  }

  /** PyTorch multiplies over one dimension at a time. */
  private static String prodText(String[] in, Args a) {
    String keep = a.ints()[0] == 1 ? ", keepdim=True" : "";
    if (a.ints().length == 2 || a.ints()[0] == 1) {
      var text = new StringBuilder(in[0]);
      for (int dim : a.rest(1)) {
        text.append(".prod(").append(dim).append(keep).append(')');
      }
      return text.toString();
    }
    var kept = new StringBuilder(in[0]);
    for (int dim : a.rest(1)) {
      kept.append(".prod(").append(dim).append(", keepdim=True)");
    }
    return kept.append(".squeeze((").append(Args.list(a.rest(1))).append("))").toString();
  }

  private static Op along(
      String name,
      boolean reduces,
      UnaryOperator<Fact> rule,
      Along run,
      String java,
      String python) {
    return new Op(
        name,
        m -> {
          int x = m.mostlyReal();
          return Op.Use.of(x, Args.ints(m.dim(m.fact(x).rank())));
        },
        (in, a) ->
            reduces
                ? rule.apply(in[0]).with(Shapes.reduced(in[0].shape(), a.ints(), false))
                : rule.apply(in[0]),
        (in, a) -> run.of(in[0], a.ints()[0]),
        (in, a) -> java.formatted(in[0], a.ints()[0]),
        (in, a) -> python.formatted(in[0], a.ints()[0]));
  }
}
