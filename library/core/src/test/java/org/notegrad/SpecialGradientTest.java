package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.Tensor.fromArray;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients at NaN, at infinities, at kinks and where they are multiplied by nothing: as PyTorch
 * 2.15 has them, unless a test says that ours is a choice.
 */
class SpecialGradientTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] at(double... values) {
    return values;
  }

  private static Tensor leaf(double[] values) {
    return fromArray(values, values.length).requiresGrad(true);
  }

  private static double[] gradient(UnaryOperator<Tensor> function, double... x) {
    Tensor leaf = leaf(x);
    return Autograd.grad(function.apply(leaf).sum(), leaf)[0].toDoubleArray();
  }

  private static double[] second(UnaryOperator<Tensor> function, double... x) {
    Tensor leaf = leaf(x);
    Tensor first = Autograd.grad(Graph.CREATE, function.apply(leaf).sum(), leaf)[0];
    return Autograd.grad(first.sum(), leaf)[0].toDoubleArray();
  }

  private static Arguments of(
      String name, UnaryOperator<Tensor> function, double[] x, double[] expected) {
    return Arguments.of(name, function, x, expected);
  }

  static Stream<Arguments> constantsBeforeInfiniteSlopes() {
    return Stream.of(
        of("relu", x -> x.relu().log(), at(-2, 0, 0.5), at(0, 0, 2)),
        of("ceil", x -> x.ceil().reciprocal(), at(0, -0.5), at(0, 0)),
        of("floor", x -> x.floor().log(), at(0.5), at(0)),
        of("round", x -> x.round().log(), at(0.2), at(0)),
        of("sign", x -> x.sign().log(), at(0), at(0)),
        of("clamp", x -> x.clamp(0.0, 1.0).log(), at(-1, 0, 0.5, 3), at(0, 0, 2, 0)),
        of("clamp of whole numbers", x -> x.clamp(0, 1).sqrt(), at(-1, 0, 0.25), at(0, 0, 1)),
        of("max", x -> x.max().log(), at(0, -1), at(INF, 0)),
        of("min over a dimension", x -> x.min(0).reciprocal(), at(0, 1), at(-INF, 0)),
        of("x to the power 0", x -> x.pow(0.0).sub(1.0).log(), at(2), at(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constantsBeforeInfiniteSlopes")
  void constantHasGradientZeroWhateverComesBack(
      String name, UnaryOperator<Tensor> function, double[] x, double[] expected) {
    assertArrayEquals(expected, gradient(function, x));
  }

  /** PyTorch multiplies by the sign of 0 and gets NaN. */
  @Test
  void absAndNormHaveGradientZeroAtZeroWhateverComesBack() {
    assertArrayEquals(at(0, 1), gradient(x -> x.abs().log(), 0, 1));
    assertArrayEquals(at(0, 0), gradient(x -> x.norm().log(), 0, 0));
    assertArrayEquals(at(0, 0), gradient(x -> x.std().sqrt(), 1, 1));
  }

  static Stream<Arguments> kinks() {
    return Stream.of(
        of("relu", Tensor::relu, at(NAN, -1, 0, 1, INF), at(1, 0, 0, 1, 1)),
        of("abs", Tensor::abs, at(NAN, -1, 0, -0.0, 1, -INF), at(0, -1, 0, 0, 1, -1)),
        of("sign", Tensor::sign, at(NAN, 1, -INF), at(0, 0, 0)),
        of("floor", Tensor::floor, at(NAN, 1, INF), at(0, 0, 0)),
        of("clamp", x -> x.clamp(0.0, 1.0), at(NAN, -1, 0, 0.5, 1, 2), at(0, 0, 0, 1, 0, 0)),
        of("clamp above", x -> x.clamp(0.0, INF), at(NAN, -1, 0, 0.5, INF), at(0, 0, 0, 1, 0)),
        of("clamp crossed", x -> x.clamp(2.0, 1.0), at(NAN, 1, 1.5, 2, 3), at(0, 0, 0, 0, 0)),
        of("max", Tensor::max, at(NAN, 1, NAN), at(0.5, 0, 0.5)),
        of("min", Tensor::min, at(1, NAN), at(0, 1)),
        of("x to the power 0", x -> x.pow(0.0), at(0, NAN, INF), at(0, 0, 0)),
        of("x to the power 1", x -> x.pow(1.0), at(0, NAN, INF), at(1, 1, 1)),
        of("x to the power 2", x -> x.pow(2.0), at(0, NAN, INF), at(0, NAN, INF)),
        of("maximum with a constant", x -> x.maximum(one()), at(NAN, 0, 1, 2), at(1, 0, 0.5, 1)),
        of("minimum with a constant", x -> x.minimum(one()), at(NAN, 0, 1, 2), at(1, 1, 0.5, 0)));
  }

  private static Tensor one() {
    return Tensor.scalar(DType.FLOAT64, 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinks")
  void gradientsAtKinksAndAtNaNArePyTorchs(
      String name, UnaryOperator<Tensor> function, double[] x, double[] expected) {
    assertArrayEquals(expected, gradient(function, x));
  }

  private static void both(
      BinaryOperator<Tensor> function, double[] x, double[] y, double[] ofX, double[] ofY) {
    Tensor a = leaf(x);
    Tensor b = leaf(y);
    Tensor[] gradients = Autograd.grad(function.apply(a, b).sum(), a, b);
    assertArrayEquals(ofX, gradients[0].toDoubleArray());
    assertArrayEquals(ofY, gradients[1].toDoubleArray());
  }

  @Test
  void extremesOfTwoPassTheGradientToBothAtNaN() {
    double[] x = {NAN, 1, 1, 2, NAN};
    double[] y = {1, NAN, 1, 1, NAN};
    both(Tensor::maximum, x, y, at(1, 1, 0.5, 1, 1), at(1, 1, 0.5, 0, 1));
    both(Tensor::minimum, x, y, at(1, 1, 0.5, 0, 1), at(1, 1, 0.5, 1, 1));
  }

  @Test
  void extremesOfTwoPassNothingToTheOtherWhateverComesBack() {
    both((a, b) -> a.minimum(b).reciprocal(), at(1), at(0), at(0), at(-INF));
    both((a, b) -> a.maximum(b).log(), at(-1), at(0), at(0), at(INF));
  }

  @Test
  void gradientOfADivisorDoesNotOverflow() {
    both(Tensor::div, at(1e200, 1e-200), at(1e200, 1e-200), at(1e-200, 1e200), at(-1e-200, -1e200));
  }

  @Test
  void powersHavePyTorchsGradients() {
    both(
        Tensor::pow,
        at(0, 0, 2, -1, NAN, 1, 0),
        at(0, 2, 0, 2, 0, NAN, -1),
        at(0, 0, 0, -2, 0, NAN, -INF),
        at(0, 0, Math.log(2), NAN, NAN, 0, -INF));
  }

  /** PyTorch has 0: it takes the first gradient for a constant there. */
  @Test
  void mixedGradientOfAPowerAtTheExponentZeroIsTheReciprocal() {
    Tensor a = leaf(at(2));
    Tensor b = leaf(at(0));
    Tensor first = Autograd.grad(Graph.CREATE, a.pow(b).sum(), a)[0];
    assertEquals(0.5, Autograd.grad(first.sum(), b)[0].item());
  }

  /** PyTorch has NaN for the norm's. */
  @Test
  void secondGradientsAtZeroAreZero() {
    assertArrayEquals(at(0, 0), second(Tensor::norm, 0, 0));
    assertArrayEquals(at(0, 0), second(Tensor::std, 1, 1));
  }

  @Test
  void gradientsOfGradientsDoNotMeetWhatWasDropped() {
    assertArrayEquals(at(0), second(x -> x.relu().log(), -2));
    assertArrayEquals(at(0), second(x -> x.clamp(0.0, 1.0).sqrt(), -1));
    assertArrayEquals(at(0, 0), second(x -> fromArray(at(0, 0), 2).pow(x), 1, 2));
    Tensor base = leaf(at(0, NAN));
    Tensor exponent = leaf(at(0, 0));
    Tensor first = Autograd.grad(Graph.CREATE, base.pow(exponent).sum(), base)[0];
    assertArrayEquals(at(0, 0), Autograd.grad(first.sum(), base)[0].toDoubleArray());
  }
}
