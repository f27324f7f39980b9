package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.tensor;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sigmoid;
import org.notegrad.nn.Tanh;

/** A tensor's methods are the functions of their names; how well is tested elsewhere. */
class MethodsTest {
  private static final double[] POINTS = {0.3, 1.6, 2.5, 7.75};

  /** Some points below zero, for functions that are defined there. */
  private static final double[] SIGNED = {-2.4, -0.7, 0.3, 1.6};

  private static Arguments of(
      String name, double[] x, UnaryOperator<Tensor> method, DoubleUnaryOperator function) {
    return Arguments.of(name, x, method, function);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        of("neg", SIGNED, Tensor::neg, x -> -x),
        of("abs", SIGNED, Tensor::abs, Math::abs),
        of("sign", SIGNED, Tensor::sign, Math::signum),
        of("square", SIGNED, Tensor::square, x -> x * x),
        of("sqrt", POINTS, Tensor::sqrt, Math::sqrt),
        of("rsqrt", POINTS, Tensor::rsqrt, x -> 1 / Math.sqrt(x)),
        of("reciprocal", SIGNED, Tensor::reciprocal, x -> 1 / x),
        of("exp", SIGNED, Tensor::exp, Math::exp),
        of("expm1", SIGNED, Tensor::expm1, Math::expm1),
        of("log", POINTS, Tensor::log, Math::log),
        of("log1p", POINTS, Tensor::log1p, Math::log1p),
        of("sin", SIGNED, Tensor::sin, Math::sin),
        of("cos", SIGNED, Tensor::cos, Math::cos),
        of("tanh", SIGNED, Tensor::tanh, Math::tanh),
        of("sigmoid", SIGNED, Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x))),
        of("softplus", SIGNED, Tensor::softplus, x -> Math.log1p(Math.exp(x))),
        of("relu", SIGNED, Tensor::relu, x -> Math.max(x, 0)),
        of("floor", SIGNED, Tensor::floor, Math::floor),
        of("ceil", SIGNED, Tensor::ceil, Math::ceil),
        of("round", SIGNED, Tensor::round, Math::rint),
        of("Sigmoid", SIGNED, new Sigmoid()::forward, x -> 1 / (1 + Math.exp(-x))),
        of("Tanh", SIGNED, new Tanh()::forward, Math::tanh),
        of("ReLU", SIGNED, new ReLU()::forward, x -> Math.max(x, 0)),
        of("add a number", SIGNED, x -> x.add(1.5), x -> x + 1.5),
        of("add an integer", SIGNED, x -> x.add(2), x -> x + 2),
        of("sub a number", SIGNED, x -> x.sub(1.5), x -> x - 1.5),
        of("sub an integer", SIGNED, x -> x.sub(2), x -> x - 2),
        of("mul by a number", SIGNED, x -> x.mul(1.5), x -> x * 1.5),
        of("mul by an integer", SIGNED, x -> x.mul(2), x -> x * 2),
        of("div by a number", SIGNED, x -> x.div(1.5), x -> x / 1.5),
        of("pow of a number", POINTS, x -> x.pow(1.5), x -> Math.pow(x, 1.5)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void methodIsItsFunction(
      String name, double[] x, UnaryOperator<Tensor> method, DoubleUnaryOperator function) {
    double[] expected = Arrays.stream(x).map(function).toArray();
    assertArrayEquals(expected, method.apply(Tensor.fromArray(x, x.length)).toDoubleArray(), 1e-12);
  }

  @Test
  void methodsOfTwoTensorsAreTheirFunctions() {
    Tensor a = Tensor.fromArray(new double[] {3, 5}, 2);
    Tensor b = Tensor.fromArray(new double[] {4, 2}, 2);
    isFunction((x, y) -> x + y, a, b, a.add(b), a.clone().addInPlace(b));
    isFunction((x, y) -> x - y, a, b, a.sub(b), a.clone().subInPlace(b));
    isFunction((x, y) -> x * y, a, b, a.mul(b), a.clone().mulInPlace(b));
    isFunction((x, y) -> x / y, a, b, a.div(b), a.clone().divInPlace(b));
    isFunction(Math::pow, a, b, a.pow(b));
    isFunction(Math::max, a, b, a.maximum(b));
    isFunction(Math::min, a, b, a.minimum(b));
    isFunction((x, y) -> x - 0.5 * y, a, b, a.clone().addInPlace(b, -0.5));
  }

  private static void isFunction(
      DoubleBinaryOperator function, Tensor a, Tensor b, Tensor... results) {
    for (Tensor result : results) {
      for (int i = 0; i < a.size(0); i++) {
        double expected = function.applyAsDouble(a.get(i).item(), b.get(i).item());
        assertEquals(expected, result.get(i).item(), 1e-12);
      }
    }
  }

  @Test
  void comparisonsAreThoseOfTheirNames() {
    Tensor x = tensor(1.0, 2, 3);
    Tensor two = tensor(2.0);
    compares(x.eq(two), x.eq(2), false, true, false);
    compares(x.ne(two), x.ne(2), true, false, true);
    compares(x.lt(two), x.lt(2), true, false, false);
    compares(x.le(two), x.le(2), true, true, false);
    compares(x.gt(two), x.gt(2), false, false, true);
    compares(x.ge(two), x.ge(2), false, true, true);
  }

  private static void compares(Tensor tensors, Tensor number, boolean... expected) {
    assertArrayEquals(expected, tensors.toBooleanArray());
    assertArrayEquals(expected, number.toBooleanArray());
  }

  @Test
  void writingInPlaceGivesTheTensorItself() {
    Tensor x = arange(3);
    assertSame(x, x.addInPlace(2));
    assertArrayEquals(new long[] {2, 3, 4}, x.toLongArray());
    assertSame(x, x.mulInPlace(-3));
    assertArrayEquals(new long[] {-6, -9, -12}, x.toLongArray());
    assertSame(x, x.zeroInPlace());
    assertArrayEquals(new long[] {0, 0, 0}, x.toLongArray());
  }

  @Test
  void tensorsLikeAnotherHaveItsShapeAndType() {
    Tensor x = Tensor.full(DType.FLOAT64, 7, 2, 3);
    assertEquals("float64 (2, 3)", Tensor.zerosLike(x).describe());
    assertEquals("float64 (2, 3)", Tensor.onesLike(x).describe());
    assertEquals(0, Tensor.zerosLike(x).sum().item());
    assertEquals(6, Tensor.onesLike(x).sum().item());
  }
}
