package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Functional.mseLoss;
import static org.notegrad.Functional.oneHot;
import static org.notegrad.Functional.stack;
import static org.notegrad.Functional.where;
import static org.notegrad.Golden.assertClose;
import static org.notegrad.Golden.tolerance;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.tensor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.Golden.Case;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.ops.Elementwise;

/** Operations and gradients against PyTorch's. */
class GoldenOperationsTest {
  private static final Tensor INDEX = fromArray(new long[] {0, 2, 1, 1, 0, 2}, 2, 3);
  private static final Tensor TARGET = tensor(1L, 3, 0);
  private static final Tensor CONDITION =
      fromArray(new boolean[] {true, false, true, false, false, true}, 2, 3);
  private static final Map<String, GradCheck.Function> FUNCTIONS = new HashMap<>();

  private static void one(String name, UnaryOperator<Tensor> function) {
    FUNCTIONS.put(name, in -> function.apply(in[0]));
  }

  private static void many(String name, GradCheck.Function function) {
    FUNCTIONS.put(name, function);
  }

  static {
    reductions();
    products();
    indexing();
    views();
    promotion();
    selection();
    empty();
    creation();
  }

  private static void reductions() {
    one("sum", Tensor::sum);
    one("sum dim 0", x -> x.sum(0));
    one("sum dims 0 2 keep", x -> x.sum(new int[] {0, 2}, Keep.KEEP));
    one("mean", Tensor::mean);
    one("mean dim -1", x -> x.mean(-1));
    one("var", Tensor::var);
    one("var dim 0", x -> x.var(0));
    one("std", Tensor::std);
    one("std of equals", Tensor::std);
    one("norm", Tensor::norm);
    one("norm of zeros", Tensor::norm);
    one("prod", Tensor::prod);
    one("prod dim 1", x -> x.prod(1));
    one("prod dim 1 with zeros", x -> x.prod(1));
    one("max", Tensor::max);
    one("max dim 1", x -> x.max(1));
    one("max dim 1 with ties", x -> x.max(1));
    one("min dim 0", x -> x.min(0));
    one("sum of int64", Tensor::sum);
    one("sum of bool", Tensor::sum);
    one("prod of int64", x -> x.prod(0));
    one("mean of int64", Tensor::mean);
    one("max of int64", x -> x.max(1));
  }

  private static void products() {
    for (String kind :
        List.of("matrices", "vectors", "matrix vector", "vector matrix", "batches", "of int64")) {
      many("matmul " + kind, in -> in[0].matmul(in[1]));
    }
    many("matmul over nothing", in -> in[0].matmul(in[1]));
    many("linear", in -> linear(in[0], in[1], in[2]));
    many("linear batch", in -> linear(in[0], in[1], in[2]));
    many("linear over nothing", in -> linear(in[0], in[1], in[2]));
    one("softmax", x -> x.softmax(-1));
    one("softmax dim 0", x -> x.softmax(0));
    one("logSoftmax", x -> x.logSoftmax(-1));
    one("logSoftmax of large", x -> x.logSoftmax(-1));
    one("logSumExp", x -> logSumExp(x, 1));
    one("logSumExp of far apart", x -> logSumExp(x, 0));
    one("crossEntropy", x -> crossEntropy(x, TARGET));
    one("crossEntropy of large", x -> crossEntropy(x, TARGET));
    many("mseLoss", in -> mseLoss(in[0], in[1]));
  }

  private static void indexing() {
    one("gather", x -> x.gather(1, INDEX));
    one("indexSelect", x -> x.indexSelect(0, tensor(2L, 0, 0, 1)));
    many("scatterAdd", in -> in[0].scatterAdd(1, INDEX, in[1]));
    many("where", in -> where(CONDITION, in[0], in[1]));
    one("clamp", x -> x.clamp(-0.6, 0.7));
    one("oneHot", x -> oneHot(x, 4));
  }

  private static void views() {
    many("cat", in -> cat(1, in));
    many("stack", in -> stack(1, in));
    one("permute", x -> x.permute(2, 0, 1));
    one("reshape transposed", x -> x.t().reshape(2, 6));
    one("slice", x -> x.slice(0, 1, 6, 2));
    one("select", x -> x.select(1, -1));
    one("expand", x -> x.expand(2, 2, 3));
  }

  private static void promotion() {
    one("pow 2", x -> x.pow(2.0));
    one("pow 0", x -> x.pow(0.0));
    many("pow of zero", in -> in[0].pow(in[1]));
    many("promotion int64 float32", in -> in[0].add(in[1]));
    many("promotion bool int64", in -> in[0].mul(in[1]));
    many("promotion float32 float64", in -> in[0].sub(in[1]));
    // PyTorch's true + true is true; here a sum of bools counts, as sum() does in both
    many("promotion bool bool", in -> in[0].add(in[1]).to(DType.BOOL));
    many("div int64", in -> in[0].div(in[1]));
    one("add number to int64", x -> x.add(0.5));
    one("add integer to int64", x -> x.add(2));
    one("mul number with float64", x -> x.mul(0.1));
    one("exp of int64", Tensor::exp);
    one("abs of int64", Tensor::abs);
    one("to int64", x -> x.to(DType.INT64));
    one("to bool", x -> x.to(DType.BOOL));
  }

  private static void selection() {
    one("argmax", x -> x.argmax(1));
    one("argmin", x -> x.argmin(0));
    one("argmax with nan", x -> x.argmax(0));
    one("max with nan", Tensor::max);
    many("gt", in -> in[0].gt(in[1]));
    many("ge", in -> in[0].ge(in[1]));
    many("eq with nan", in -> in[0].eq(in[1]));
    many("ne with nan", in -> in[0].ne(in[1]));
    one("isNaN", Tensor::isNaN);
    one("isFinite", Tensor::isFinite);
  }

  private static void empty() {
    one("sum of nothing", Tensor::sum);
    one("sum of nothing dim 0", x -> x.sum(0));
    one("prod of nothing", Tensor::prod);
    one("mean of nothing", Tensor::mean);
  }

  private static void creation() {
    many("arange", in -> Tensor.arange(2, 11, 3));
    many("arange of reals", in -> Tensor.arange(0.0, 1.0, 0.3));
    many("linspace", in -> Tensor.linspace(-1, 1, 6));
    many("eye", in -> Tensor.eye(3));
  }

  private static GradCheck.Function function(String name) {
    if (name.startsWith("unary ")) {
      var op = UnaryOp.valueOf(name.substring("unary ".length()).toUpperCase(Locale.ROOT));
      return in -> Elementwise.unary(op, in[0]);
    }
    if (name.startsWith("binary ")) {
      var op = BinaryOp.valueOf(name.substring("binary ".length()).toUpperCase(Locale.ROOT));
      return in -> Elementwise.binary(op, in[0], in[1]);
    }
    return FUNCTIONS.get(name);
  }

  static List<Case> cases() {
    return Golden.cases("operations.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsPyTorch(Case golden) {
    Tensor[] inputs = golden.all("in").toArray(new Tensor[0]);
    List<Tensor> gradients = golden.all("grad");
    for (int i = 0; i < gradients.size(); i++) {
      inputs[i].requiresGrad(true);
    }
    Tensor out = function(golden.name()).of(inputs);
    double tolerance = tolerance(out.dtype());
    assertClose(golden + ": out", golden.one("out"), out, tolerance);
    if (!gradients.isEmpty()) {
      out.backward(Graph.FREE, golden.one("cotangent"));
    }
    for (int i = 0; i < gradients.size(); i++) {
      assertClose(golden + ": gradient " + i, gradients.get(i), inputs[i].grad(), tolerance);
    }
  }

  @Test
  void everyFunctionHasAGoldenCase() {
    Set<String> named = new HashSet<>();
    cases().forEach(golden -> named.add(golden.name()));
    named.removeIf(name -> name.startsWith("unary ") || name.startsWith("binary "));
    assertEquals(named, FUNCTIONS.keySet());
  }
}
