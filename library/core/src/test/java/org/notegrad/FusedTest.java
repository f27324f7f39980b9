package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.where;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fused function is its definition: values, gradients, gradients of gradients, errors. */
class FusedTest {
  /** A definition beside its fused form. */
  private record Case(Fused fused, Function<Tensor[], Tensor> definition, int arity) {
    @Override
    public String toString() {
      return fused.name();
    }
  }

  private static Case of(String name, int arity, Function<Tensor[], Tensor> definition) {
    return new Case(Fused.of(name, arity, definition), definition, arity);
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("cubic", 1, in -> in[0].square().mul(in[0]).mul(0.044715).add(in[0])),
        of("leaky", 1, in -> where(in[0].gt(0.0), in[0], in[0].mul(0.01))),
        of("ratio", 2, in -> in[0].div(in[1].square().add(1.0))),
        of("huber", 2, in -> huber(in[0], in[1])),
        of("distance", 2, in -> in[0].square().add(in[1].square()).add(0.5).sqrt()),
        of("norm", 4, in -> in[0].sub(in[1]).mul(in[2]).add(in[3])),
        of("gated", 3, in -> in[0].relu().mul(in[1]).maximum(in[2].neg())),
        of("band", 2, in -> in[0].mul(in[0].gt(in[1]).logicalNot().to(in[0].dtype()))),
        of("swish", 1, in -> in[0].mul(in[0].sigmoid())),
        of("gelu", 1, FusedTest::gelu));
  }

  private static Tensor gelu(Tensor... in) {
    Tensor x = in[0];
    Tensor inner = x.square().mul(0.044715).add(1.0).mul(x).mul(0.7978845608028654);
    return x.mul(inner.tanh().add(1.0)).mul(0.5);
  }

  private static Tensor huber(Tensor x, Tensor y) {
    Tensor d = x.sub(y);
    Tensor size = d.abs();
    return where(size.lt(1.0), d.square().mul(0.5), size.sub(0.5));
  }

  private static Tensor[] inputs(DType type, int arity, int... shape) {
    Tensor[] inputs = new Tensor[arity];
    for (int i = 0; i < arity; i++) {
      inputs[i] = Tensor.randn(type, shape).mul(2.0).detach().requiresGrad(true);
    }
    return inputs;
  }

  private static Tensor[] gradients(Function<Tensor[], Tensor> f, Tensor seed, Tensor[] inputs) {
    for (Tensor input : inputs) {
      input.setGrad(null);
    }
    f.apply(inputs).backward(Graph.FREE, seed);
    return Stream.of(inputs).map(Tensor::grad).toArray(Tensor[]::new);
  }

  private static void same(String what, Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape(), what);
    assertEquals(expected.dtype(), actual.dtype(), what);
    double[] a = expected.toDoubleArray();
    double[] b = actual.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
        assertEquals(a[i], b[i], what + ", element " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreTheDefinitionsToTheBit(Case c) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int n : new int[] {0, 1, 15, 16, 17, 330, 70_001}) {
        Tensor[] inputs = inputs(type, c.arity, n);
        String what = c + " of " + n + " " + type;
        same(what, c.definition.apply(inputs), c.fused.apply(inputs));
        Tensor seed = Tensor.randn(type, n);
        Tensor[] expected = gradients(c.definition, seed, inputs);
        Tensor[] actual = gradients(c.fused::apply, seed, inputs);
        for (int i = 0; i < inputs.length; i++) {
          if (expected[i] == null) {
            assertNull(actual[i], what);
          } else {
            same(what + ", gradient " + i, expected[i], actual[i]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void firstAndSecondGradientsAreRight(Case c) {
    Tensor[] inputs = inputs(DType.FLOAT64, c.arity, 2, 3);
    GradCheck.gradCheck(c.fused::apply, inputs);
    GradCheck.gradGradCheck(c.fused::apply, inputs);
  }

  @Test
  void inputsBroadcastAndViewsAreRead() {
    Case c = of("norm", 4, in -> in[0].sub(in[1]).mul(in[2]).add(in[3]));
    Tensor x = Tensor.randn(DType.FLOAT64, 33, 40).t().requiresGrad(true);
    Tensor mean = Tensor.randn(DType.FLOAT64, 40, 1).requiresGrad(true);
    Tensor scale = Tensor.randn(DType.FLOAT64, 33).requiresGrad(true);
    Tensor shift = Tensor.randn(DType.FLOAT64, 66).slice(0, 0, 66, 2).requiresGrad(true);
    Tensor[] inputs = {x, mean, scale, shift};
    same("values", c.definition.apply(inputs), c.fused.apply(inputs));
    Tensor seed = Tensor.randn(DType.FLOAT64, 40, 33);
    Tensor[] expected = gradients(c.definition, seed, inputs);
    Tensor[] actual = gradients(c.fused::apply, seed, inputs);
    for (int i = 0; i < inputs.length; i++) {
      assertEquals(inputs[i].shape(), actual[i].shape());
      assertArrayEquals(expected[i].toDoubleArray(), actual[i].toDoubleArray(), 1e-12);
    }
    GradCheck.gradGradCheck(
        c.fused::apply,
        Tensor.randn(DType.FLOAT64, 3, 2).t(),
        Tensor.randn(DType.FLOAT64, 2, 1),
        Tensor.randn(DType.FLOAT64, 3),
        Tensor.scalar(DType.FLOAT64, 0.3));
  }

  @Test
  void boolInputsChooseAndIntegersAreTakenAsReals() {
    Fused dropout = Fused.of("dropout", (x, keep) -> where(keep, x.mul(2.0), x.mul(0.0)));
    Tensor x = Tensor.tensor(1.0, -2, 3).requiresGrad(true);
    Tensor keep = Tensor.tensor(true, false, true);
    Tensor y = dropout.apply(x, keep);
    same("values", Tensor.tensor(2.0, -0.0, 6), y);
    y.sum().backward();
    same("gradient", Tensor.tensor(2.0, 0, 2), x.grad());
    Fused half = Fused.of("half", v -> v.mul(0.5));
    same("integers", Tensor.tensor(0.5, 1, 1.5), half.apply(Tensor.tensor(1L, 2L, 3L)));
    Fused difference = Fused.of("difference", (a, b) -> a.sub(b));
    Tensor mixed = difference.apply(Tensor.tensor(0.5), Tensor.ones(DType.FLOAT64, 1));
    assertEquals(DType.FLOAT64, mixed.dtype());
  }

  @Test
  void oneTensorAsTwoInputsHasBothGradients() {
    Fused product = Fused.of("product", (a, b) -> a.mul(b.square()));
    Tensor x = Tensor.randn(DType.FLOAT64, 4).requiresGrad(true);
    GradCheck.gradCheck(in -> product.apply(in[0], in[0]), x);
    GradCheck.gradGradCheck(in -> product.apply(in[0], in[0]), x);
  }

  @Test
  void theGraphKeepsOnlyInputsThatAGradientReads() {
    Fused scaled = Fused.of("scaled", (a, b) -> a.mul(3.0).add(b.square()));
    Tensor a = Tensor.randn(5).requiresGrad(true);
    Tensor b = Tensor.randn(5).requiresGrad(true);
    Tensor y = scaled.apply(a, b);
    Autograd.noGrad(() -> a.fillInPlace(7)); // not read
    y.sum().backward();
    same("gradient", Tensor.full(3, 5), a.grad());
    Tensor again = scaled.apply(a, b);
    Autograd.noGrad(() -> b.fillInPlace(7));
    var error = assertThrows(NotegradException.class, () -> again.sum().backward());
    assertTrue(error.getMessage().contains("scaled"), error.getMessage());
  }

  @Test
  void gradientsAreTracedOnlyWhereTheyAreWanted() {
    int[] runs = {0};
    Fused counted =
        Fused.of(
            "counted",
            v -> {
              runs[0]++;
              return v.square();
            });
    Tensor x = Tensor.randn(3).requiresGrad(true);
    Autograd.noGrad(() -> counted.apply(x));
    counted.apply(x.detach());
    assertEquals(2, runs[0], "the value alone, on two shapes");
    counted.apply(x).sum().backward();
    counted.apply(x).sum().backward();
    assertEquals(4, runs[0], "the gradient, too, once");
  }

  @Test
  void aFusedFunctionInAnotherIsPartOfItsLoop() {
    Fused inner = Fused.of("inner", v -> v.square().add(1.0));
    Fused outer = Fused.of("outer", v -> inner.apply(v).mul(inner.apply(v.neg())));
    GradCheck.gradCheck(in -> outer.apply(in[0]), Tensor.randn(DType.FLOAT64, 7));
    Tensor x = Tensor.randn(9);
    Tensor one = x.square().add(1.0);
    same("nested", one.mul(x.neg().square().add(1.0)), outer.apply(x));
  }

  private static void refused(String reason, Fused fused, Tensor... inputs) {
    var error = assertThrows(NotegradException.class, () -> fused.apply(inputs));
    String message = error.getMessage();
    assertTrue(
        message.startsWith(fused.name() + ": it can't be fused, since its definition "), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void whatCannotBeFusedSaysWhy() {
    Tensor x = Tensor.randn(3, 4);
    Tensor outside = Tensor.randn(4);
    Tensor scalar = Tensor.scalar(2);
    refused("uses sum, which is not", Fused.of("centred", v -> v.sub(v.mean())), x);
    refused("uses max, which is not", Fused.of("peak", v -> v.div(v.max())), x);
    refused("uses softmax, which is not", Fused.of("soft", v -> v.softmax(0)), x);
    refused("of shape (4,) from outside", Fused.of("scaled", v -> v.mul(outside)), x);
    refused("of shape (4,) from outside", Fused.of("scaled", v -> outside.mul(v)), x);
    refused("of shape () from outside", Fused.of("scaled", v -> v.mul(scalar)), x);
    refused("of shape () from outside", Fused.of("scaled", v -> scalar.sub(v)), x);
    refused("reads a value", Fused.of("sign", v -> v.item() > 0 ? v : v.neg()), x);
    refused("a matrix expected", Fused.of("turned", v -> v.t().neg()), x);
    refused("a result of shape (1,)", Fused.of("flat", v -> v.flatten().neg()), x);
    refused("of shape (3, 5) from outside", Fused.of("noisy", v -> v.add(Tensor.rand(3, 5))), x);
    refused("not the same for all shapes", Fused.of("counted", v -> v.div((double) v.numel())), x);
    refused("gives a result of bool", Fused.of("positive", v -> v.gt(0.0)), x);
    refused("converts float32 to int64", Fused.of("whole", v -> v.to(DType.INT64)), x);
  }

  @Test
  void explainShowsTheLoopsItsNumbersAndHowTheyRun() {
    Fused fused = Fused.of("leaky", x -> where(x.gt(0.0), x, x.mul(0.25)));
    String text = fused.explain();
    String value =
        """
        for each element (float32):
          v0 = x0 > k0
          v1 = x0 * k1
          v2 = v0 ? x0 : v1
          y0 = v2
        k0 = 0.0
        k1 = 0.25
        """;
    assertTrue(text.startsWith("leaky, a function of 1 input\n\nvalue: "), text);
    assertTrue(text.contains(value), text);
    assertTrue(text.contains("\ngradients: "), text);
    assertTrue(text.contains("y0 is the gradient of x0"), text);
  }

  @Test
  void numbersOfAFunctionChangeFromUseToUse() {
    Fused leaky =
        Fused.of("leaky", 1, 1, (in, k) -> where(in[0].gt(0.0), in[0], in[0].mul(k[0]).add(0.5)));
    for (double slope : new double[] {0.01, 0.3}) {
      Tensor x = Tensor.randn(DType.FLOAT64, 9);
      Tensor expected = where(x.gt(0.0), x, x.mul(slope).add(0.5));
      same("slope " + slope, expected, leaky.with(slope).apply(x));
      GradCheck.gradCheck(in -> leaky.with(slope).apply(in[0]), x);
      GradCheck.gradGradCheck(in -> leaky.with(slope).apply(in[0]), x);
      assertTrue(leaky.with(slope).explain().contains("k0 = " + slope));
    }
    assertTrue(leaky.explain().contains("k0 = set by with(...)"), leaky.explain());
    var unset = assertThrows(NotegradException.class, () -> leaky.apply(Tensor.ones(2)));
    assertEquals("leaky: its 1 numbers are not set; use with(...)", unset.getMessage());
    var two = assertThrows(NotegradException.class, () -> leaky.with(1, 2));
    assertEquals("leaky: 2 numbers; 1 expected", two.getMessage());
  }

  @Test
  void inputsAreCountedAndTheirShapesMustFit() {
    Fused sum = Fused.of("sum of two", (a, b) -> a.add(b));
    Tensor x = Tensor.randn(3);
    assertEquals(
        "sum of two: 1 inputs; 2 expected",
        assertThrows(NotegradException.class, () -> sum.apply(x)).getMessage());
    var error = assertThrows(ShapeException.class, () -> sum.apply(x, Tensor.randn(4)));
    assertTrue(error.getMessage().startsWith("sum of two"), error.getMessage());
    var none = assertThrows(NotegradException.class, () -> Fused.of("none", 0, in -> null));
    assertEquals("none: 0 inputs; 1 to 16 expected", none.getMessage());
  }

  @Test
  void manyThreadsMakeTheSameNumbersWhileTheLoopIsBeingReplaced() throws InterruptedException {
    Function<Tensor[], Tensor> definition = in -> in[0].square().mul(in[0]).add(0.25).neg();
    Fused fused = Fused.of("busy", 1, definition);
    Tensor x = Tensor.randn(5_003);
    Tensor expected = definition.apply(new Tensor[] {x});
    var wrong = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          new Thread(() -> {
            try {
              for (int i = 0; i < 200; i++) {
                same("round " + i, expected, fused.apply(x));
              }
            } catch (Throwable e) {
              wrong.add(e);
            }
          });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(wrong.isEmpty(), () -> wrong.peek().toString());
  }
}
