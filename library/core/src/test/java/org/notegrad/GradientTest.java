package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Functional.mseLoss;
import static org.notegrad.Functional.stack;
import static org.notegrad.Functional.where;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.tensor;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.UnaryOp;
import org.notegrad.cpu.NativeBackend;
import org.notegrad.ops.Elementwise;

/** Every gradient rule against finite differences in float64: first and second order. */
class GradientTest {
  /** Away from 0, from integers and from halves, where some functions have kinks or steps. */
  private static final double[] ANYWHERE = {-1.7, -1.2, -0.6, -0.3, 0.3, 0.7, 1.2, 1.8};

  private static final int[][][] BROADCASTS = {
    {{2, 3}, {2, 3}},
    {{2, 3}, {3}},
    {{3}, {2, 3}},
    {{2, 1}, {1, 3}},
    {{}, {2, 2}},
    {{4}, {}},
    {{2, 1, 3}, {2, 1}},
    {{1}, {2}},
  };

  private static double[] domain(UnaryOp op) {
    return switch (op) {
      case LOG, SQRT, RSQRT -> Arrays.stream(ANYWHERE).map(Math::abs).toArray();
      case LOG1P -> Arrays.stream(ANYWHERE).filter(x -> x > -0.9).toArray();
      default -> ANYWHERE;
    };
  }

  /** On the CPU, and on a device whose memory is not the heap. */
  private static void gradCheck(GradCheck.Function function, Tensor... inputs) {
    GradCheck.gradCheck(function, inputs);
    GradCheck.gradCheck(function, moved(inputs));
  }

  private static void gradGradCheck(GradCheck.Function function, Tensor... inputs) {
    GradCheck.gradGradCheck(function, inputs);
    GradCheck.gradGradCheck(function, moved(inputs));
  }

  private static Tensor[] moved(Tensor... inputs) {
    return Arrays.stream(inputs).map(x -> x.to(NativeBackend.DEVICE)).toArray(Tensor[]::new);
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unaryGradientsMatchFiniteDifferences(UnaryOp op) {
    double[] points = domain(op);
    Tensor x = fromArray(points, points.length / 2, 2);
    gradCheck(in -> Elementwise.unary(op, in[0]), x);
    gradGradCheck(in -> Elementwise.unary(op, in[0]), x);
    gradCheck(in -> Elementwise.unary(op, in[0].t()), x);
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void binaryGradientsMatchFiniteDifferencesForAllBroadcasts(BinaryOp op) {
    for (int[][] shapes : BROADCASTS) {
      Tensor a = filled(0.4, shapes[0]);
      Tensor b = filled(0.55, shapes[1]);
      gradCheck(in -> Elementwise.binary(op, in[0], in[1]), a, b);
      gradGradCheck(in -> Elementwise.binary(op, in[0], in[1]), a, b);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void oneTensorOnBothSidesGetsBothGradients(BinaryOp op) {
    if (op == BinaryOp.MAXIMUM || op == BinaryOp.MINIMUM) {
      return; // a tie everywhere; see tiesShareTheGradient
    }
    gradCheck(in -> Elementwise.binary(op, in[0], in[0]), filled(0.4, 3));
    gradGradCheck(in -> Elementwise.binary(op, in[0], in[0]), filled(0.4, 3));
  }

  /** Distinct positive numbers, in no order, none closer than 0.1 to those of another start. */
  private static Tensor filled(double start, int... sizes) {
    int n = (int) Shape.of(sizes).numel();
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = start + 0.3 * ((i * 5 + 2) % (n + 1));
    }
    return fromArray(values, sizes);
  }

  private static Tensor normal(int... sizes) {
    Tensor zeros = Tensor.zeros(DType.FLOAT64, sizes);
    return new Generator(Arrays.hashCode(sizes)).fill(new Distribution.Normal(), zeros);
  }

  private static Arguments of(String name, GradCheck.Function function, Tensor... inputs) {
    return Arguments.of(name, function, inputs);
  }

  private static Arguments of1(String name, UnaryOperator<Tensor> function, int... sizes) {
    return of(name, in -> function.apply(in[0]), filled(0.35, sizes));
  }

  static Stream<Arguments> operations() {
    return Stream.of(views(), reductions(), products(), indexing(), fused()).flatMap(s -> s);
  }

  private static Stream<Arguments> views() {
    return Stream.of(
        of1("reshape", x -> x.reshape(3, -1), 2, 6),
        of1("reshape of a transposed tensor", x -> x.t().reshape(4, 3), 2, 6),
        of1("flatten", Tensor::flatten, 2, 3),
        of1("flatten from 1", x -> x.flatten(1), 2, 3, 2),
        of1("transpose", x -> x.transpose(0, -1), 2, 3, 2),
        of1("permute", x -> x.permute(2, 0, 1), 2, 3, 2),
        of1("expand", x -> x.expand(4, 2, 3), 2, 1),
        of1("expand of a scalar", x -> x.expand(2, 2)),
        of1("squeeze", x -> x.squeeze(1), 2, 1, 3),
        of1("unsqueeze", x -> x.unsqueeze(-1), 2, 3),
        of1("select", x -> x.select(1, -2), 2, 3),
        of1("get", x -> x.get(1, 2), 2, 3),
        of1("narrow", x -> x.narrow(1, 1, 2), 2, 4),
        of1("narrow to nothing", x -> x.narrow(0, 1, 0).sum().add(x.sum()), 3),
        of1("slice with a step", x -> x.slice(0, 1, 7, 2), 7),
        of1("slice of a slice", x -> x.slice(0, 1, 7, 2).slice(0, 1, 3), 7),
        of1("overlapping slices", x -> x.narrow(0, 0, 3).mul(x.narrow(0, 1, 3)), 4),
        of1("parts of a view", x -> x.t().narrow(0, 1, 2).mul(x.t().narrow(0, 0, 2)), 2, 3),
        of1("a part and the whole", x -> x.select(0, 1).mul(x), 2, 3),
        of1("unbind", x -> x.unbind(1)[0].mul(x.unbind(1)[2]), 2, 3),
        of1("unbind, all used", x -> product(x.unbind(0)), 3, 2),
        of1("split", x -> x.split(2, 1)[0].square().sum().mul(x.split(2, 1)[1].sum()), 2, 3),
        of1("split by sizes", x -> product(x.split(new int[] {1, 1, 1}, -1)), 2, 3),
        of1("chunk", x -> product(x.chunk(2, 0)), 4, 2),
        of1("topk", x -> x.topk(2, 0).values().square(), 4, 2),
        of1("topk of the smallest", x -> x.topk(2, -1, TopK.Order.SMALLEST).values(), 2, 4),
        of1("clone", Tensor::clone, 2, 2),
        of1("contiguous", x -> x.t().contiguous(), 2, 3),
        of1("to and back", x -> x.to(DType.FLOAT64), 3));
  }

  private static Tensor product(Tensor... parts) {
    Tensor product = parts[0];
    for (int i = 1; i < parts.length; i++) {
      product = product.mul(parts[i]);
    }
    return product;
  }

  private static Stream<Arguments> reductions() {
    Tensor zeros = fromArray(new double[] {0, 1.5, -2, 0.5, 3, 0, 0, 0.7, 1.1}, 3, 3);
    return Stream.of(
        of1("sum", Tensor::sum, 2, 3),
        of1("sum of a scalar", Tensor::sum),
        of1("sum over one dimension", x -> x.sum(0), 2, 3, 2),
        of1("sum over two, kept", x -> x.sum(new int[] {0, 2}, Keep.KEEP), 2, 3, 2),
        of1("mean", Tensor::mean, 2, 3),
        of1("mean over one dimension", x -> x.mean(-1), 2, 3),
        of1("var", Tensor::var, 5),
        of1("var over one dimension", x -> x.var(0), 3, 2),
        of1("std", Tensor::std, 5),
        of1("std over one dimension", x -> x.std(1), 2, 3),
        of1("prod", Tensor::prod, 2, 2),
        of1("prod over one dimension", x -> x.prod(1), 2, 3),
        of1("prod of one element", Tensor::prod, 1),
        of1("prod of a middle dimension", x -> x.prod(1), 2, 4, 2),
        of1("prod over two", x -> x.prod(new int[] {2, 0}, Keep.KEEP), 2, 2, 3),
        of("prod with zeros", in -> in[0].prod(1), zeros),
        of("prod with zeros in columns", in -> in[0].prod(0), zeros),
        of("prod of all with zeros", in -> in[0].prod(), zeros),
        of1("max", Tensor::max, 2, 3),
        of1("max over one dimension", x -> x.max(0), 2, 3),
        of1("min", Tensor::min, 2, 3),
        of1("min over two, kept", x -> x.min(new int[] {0, 1}, Keep.KEEP), 2, 2, 2),
        of1("norm", Tensor::norm, 2, 3));
  }

  private static Stream<Arguments> products() {
    int[][][] shapes = {
      {{2, 3}, {3, 4}},
      {{3}, {3}},
      {{3}, {3, 2}},
      {{2, 3}, {3}},
      {{2, 2, 3}, {3, 2}},
      {{2, 3}, {2, 3, 2}},
      {{2, 2, 3}, {2, 3, 2}},
      {{2, 1, 2, 3}, {3, 3, 2}},
      {{3}, {2, 3, 2}},
      {{2, 2, 3}, {3}},
      {{2, 0}, {0, 3}},
      {{1, 1}, {1, 1}},
    };
    Stream<Arguments> matmuls =
        Arrays.stream(shapes)
            .map(s ->
                of(
                    "matmul " + Shape.of(s[0]) + " x " + Shape.of(s[1]),
                    in -> in[0].matmul(in[1]),
                    normal(s[0]),
                    normal(s[1])));
    return Stream.concat(
        matmuls,
        Stream.of(
            of("matmul with itself, transposed", in -> in[0].matmul(in[0].t()), normal(2, 3)),
            of("linear", in -> linear(in[0], in[1], in[2]), normal(2, 3), normal(4, 3), normal(4)),
            of("linear without bias", in -> linear(in[0], in[1], null), normal(2, 3), normal(4, 3)),
            of(
                "linear of three dimensions",
                in -> linear(in[0], in[1], in[2]),
                normal(2, 2, 3),
                normal(2, 3),
                normal(2)),
            of(
                "linear of a vector",
                in -> linear(in[0], in[1], in[2]),
                normal(3),
                normal(2, 3),
                normal(2))));
  }

  private static Stream<Arguments> indexing() {
    Tensor rows = tensor(2L, 0, 0, 1);
    Tensor index = fromArray(new long[] {0, 2, 1, 1, 0, 2}, 2, 3);
    Tensor condition = fromArray(new boolean[] {true, false, false, true, true, false}, 2, 3);
    return Stream.of(
        of1("gather along 0", x -> x.gather(0, index.to(x.device())), 3, 3),
        of1("gather along 1", x -> x.gather(1, index.to(x.device())), 2, 3),
        of1("indexSelect", x -> x.indexSelect(0, rows.to(x.device())), 3, 2),
        of1("indexSelect along the last", x -> x.indexSelect(-1, rows.to(x.device())), 2, 3),
        of1(
            "rows chosen in two ways",
            x ->
                x.indexSelect(0, tensor(2L, 0).to(x.device()))
                    .mul(x.gather(0, index.to(x.device())))
                    .add(x.narrow(0, 0, 2)),
            3,
            3),
        of(
            "scatterAdd",
            in -> in[0].scatterAdd(1, index.to(in[0].device()), in[1]),
            filled(0.3, 2, 3),
            filled(0.4, 2, 3)),
        of(
            "scatterAdd along 0",
            in -> in[0].scatterAdd(0, index.to(in[0].device()), in[1]),
            filled(0.3, 3, 4),
            filled(0.4, 2, 3)),
        of("cat", in -> cat(1, in[0], in[1], in[0]), filled(0.3, 2, 2), filled(0.4, 2, 1)),
        of("stack", in -> stack(1, in[0], in[1]), filled(0.3, 2, 2), filled(0.4, 2, 2)),
        of(
            "where",
            in -> where(condition.to(in[0].device()), in[0], in[1]).square(),
            filled(0.3, 2, 3),
            filled(0.4, 3)),
        of1("clamp", x -> x.mul(x).clamp(0.4, 2.4), 3, 2));
  }

  private static Stream<Arguments> fused() {
    Tensor target = tensor(1L, 3, 0);
    return Stream.of(
        of("softmax", in -> in[0].softmax(-1), normal(2, 4)),
        of("softmax over rows", in -> in[0].softmax(0), normal(3, 2)),
        of("softmax of a middle dimension", in -> in[0].softmax(1), normal(2, 3, 2)),
        of("logSoftmax", in -> in[0].logSoftmax(-1), normal(2, 4)),
        of("logSoftmax over rows", in -> in[0].logSoftmax(0), normal(3, 2)),
        of("logSumExp", in -> logSumExp(in[0], 1), normal(2, 3)),
        of("crossEntropy", in -> crossEntropy(in[0], target.to(in[0].device())), normal(3, 4)),
        of(
            "crossEntropy of transposed",
            in -> crossEntropy(in[0].t(), target.to(in[0].device())),
            normal(4, 3)),
        of("mseLoss", in -> mseLoss(in[0], in[1]), normal(2, 3), normal(2, 3).mul(0.5)),
        of(
            "a small network",
            in ->
                crossEntropy(
                    linear(linear(in[0], in[1], in[2]).tanh(), in[3], null),
                    target.to(in[0].device())),
            normal(3, 2),
            normal(5, 2),
            normal(5),
            normal(4, 5)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void gradientMatchesFiniteDifference(String name, GradCheck.Function function, Tensor[] inputs) {
    gradCheck(function, inputs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void secondOrderGradientMatchesFiniteDifference(
      String name, GradCheck.Function function, Tensor[] inputs) {
    gradGradCheck(function, inputs);
  }

  @Test
  void derivativesOfSinGoRoundUpToTheFourth() {
    Tensor x = fromArray(new double[] {0.7}, 1).requiresGrad(true);
    Tensor y = x.sin();
    double[] expected = {Math.cos(0.7), -Math.sin(0.7), -Math.cos(0.7), Math.sin(0.7)};
    for (double derivative : expected) {
      y = Autograd.grad(Graph.CREATE, y.sum(), x)[0];
      assertEquals(derivative, y.item(), 1e-15);
    }
  }

  @Test
  void tiesShareTheGradient() {
    Tensor x = fromArray(new double[] {3, 1, 3, 3}, 4).requiresGrad(true);
    x.max().backward();
    double third = 1.0 / 3;
    assertEquals(
        fromArray(new double[] {third, 0, third, third}, 4).toString(), x.grad().toString());
    Tensor a = fromArray(new double[] {2}, 1).requiresGrad(true);
    Tensor b = fromArray(new double[] {2}, 1).requiresGrad(true);
    a.maximum(b).sum().backward();
    assertEquals(0.5, a.grad().item());
    assertEquals(0.5, b.grad().item());
  }

  @Test
  void wrongGradientIsFound() {
    GradCheck.Function halved = in -> Node.apply(new HalfGradient(), in[0]);
    var error = assertThrows(NotegradException.class, () -> gradCheck(halved, filled(1, 2)));
    assertTrue(error.getMessage().startsWith("gradCheck: input 0 of shape (2,), element 0"));
  }

  private static final class HalfGradient extends Node {
    HalfGradient() {
      super("halfGradient");
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      return inputs[0].clone();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.mul(0.5)};
    }
  }
}
