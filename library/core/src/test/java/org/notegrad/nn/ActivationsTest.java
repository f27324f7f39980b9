package org.notegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.DType;
import org.notegrad.GradCheck;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** Activations made of tensor operations: their values, gradients and ends. */
class ActivationsTest {
  private record Case(String name, Layer module, DoubleUnaryOperator function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("gelu", new GELU(), ActivationsTest::gelu),
        new Case("silu", new SiLU(), x -> x / (1 + Math.exp(-x))),
        new Case("leaky", new LeakyReLU(), x -> x > 0 ? x : 0.01 * x),
        new Case("leaky 0.2", new LeakyReLU(0.2), x -> x > 0 ? x : 0.2 * x),
        new Case("elu", new ELU(), x -> x > 0 ? x : Math.expm1(x)),
        new Case("elu 1.7", new ELU(1.7), x -> x > 0 ? x : 1.7 * Math.expm1(x)));
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreThoseOfTheFormula(Case c) {
    double[] x = DoubleStream.iterate(-9, v -> v < 9, v -> v + 0.37).toArray();
    double[] expected = DoubleStream.of(x).map(c.function).toArray();
    Tensor input = Tensor.fromArray(x, x.length);
    assertArrayEquals(expected, c.module.forward(input).toDoubleArray(), 1e-14);
    Tensor floats = c.module.forward(input.to(DType.FLOAT32));
    assertEquals(DType.FLOAT32, floats.dtype());
    assertArrayEquals(expected, floats.toDoubleArray(), 2e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreRight(Case c) {
    Tensor x = Tensor.tensor(-3.1, -0.7, -0.01, 0.02, 0.9, 4.2).to(DType.FLOAT64);
    GradCheck.gradCheck(in -> c.module.forward(in[0]), x);
    GradCheck.gradGradCheck(in -> c.module.forward(in[0]), x);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void largeInputsHaveFiniteGradients(Case c) {
    Tensor x = Tensor.tensor(-1e4, -800.0, 800.0, 1e4).to(DType.FLOAT64).requiresGrad(true);
    c.module.forward(x).sum().backward();
    double[] gradient = x.grad().toDoubleArray();
    assertEquals(1, gradient[2]);
    assertEquals(1, gradient[3]);
    assertEquals(c.function.applyAsDouble(-1e4) / -1e4, gradient[0], 1e-3);
  }

  @Test
  void eluAtZeroHasTheGradientFromBelow() {
    Tensor x = Tensor.tensor(0.0, -0.0).requiresGrad(true);
    new ELU(0.25).forward(x).sum().backward();
    assertArrayEquals(new double[] {0.25, 0.25}, x.grad().toDoubleArray());
  }

  @Test
  void dropoutDropsWhileTrainingAndScalesWhatIsLeft() {
    var dropout = new Dropout(0.25);
    Tensor x = Tensor.full(3, 10_000).requiresGrad(true);
    Tensor y = dropout.forward(x);
    double dropped = y.eq(0.0).to(DType.FLOAT64).mean().item();
    assertEquals(0.25, dropped, 0.03);
    assertEquals(1 - dropped, y.eq(4.0).to(DType.FLOAT64).mean().item(), 1e-12);
    y.sum().backward();
    assertArrayEquals(y.div(3.0).toDoubleArray(), x.grad().toDoubleArray(), 1e-6);
    dropout.eval();
    assertSame(x, dropout.forward(x));
  }

  @Test
  void dropoutOfEverythingAndOfNothing() {
    Tensor x = Tensor.tensor(1.0, -2.0, Double.POSITIVE_INFINITY);
    assertArrayEquals(new double[3], new Dropout(1).forward(x).toDoubleArray());
    assertArrayEquals(x.toDoubleArray(), new Dropout(0).forward(x).toDoubleArray());
    var error = assertThrows(NotegradException.class, () -> new Dropout(1.5));
    assertEquals("Dropout: probability 1.5 is not in [0, 1]", error.getMessage());
  }
}
