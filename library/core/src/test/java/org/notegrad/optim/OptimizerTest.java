package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** What all optimizers share. What a step does is compared with PyTorch elsewhere. */
class OptimizerTest {
  private static Tensor parameter() {
    return Tensor.tensor(1.0).requiresGrad(true);
  }

  /** The parameter, from 1, after a step at each rate; its gradient is always 2. */
  private static double after(Function<Tensor, Optimizer<?>> optimizer, double... rates) {
    Tensor parameter = parameter();
    Optimizer<?> made = optimizer.apply(parameter);
    for (double rate : rates) {
      made.setLearningRate(rate);
      assertEquals(rate, made.learningRate());
      made.zeroGrad();
      parameter.mul(2.0).sum().backward();
      made.step();
    }
    return parameter.item();
  }

  @Test
  void aChangedLearningRateIsThatOfTheNextSteps() {
    assertEquals(1 - 2 * 0.125 - 2 * 0.0625, after(p -> new SGD(List.of(p), 9), 0.125, 0.0625));
    // a gradient that stays the same makes Adam's steps as long as the learning rate
    assertEquals(1 - 0.1 - 0.3, after(p -> new Adam(List.of(p), 9), 0.1, 0.3), 1e-6);
    var decoupled = AdamConfig.of(9).decoupledWeightDecay(0.5);
    double first = 1 * (1 - 0.1 * 0.5) - 0.1;
    assertEquals(
        first * (1 - 0.3 * 0.5) - 0.3, after(p -> new Adam(List.of(p), decoupled), 0.1, 0.3), 1e-6);
  }

  @Test
  void aLearningRateOutsideItsRangeIsRefusedAndChangesNothing() {
    var sgd = new SGD(List.of(parameter()), 0.5);
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      var e = assertThrows(NotegradException.class, () -> sgd.setLearningRate(wrong));
      assertEquals("SGD: learning rate " + wrong + " is not 0 or more", e.getMessage());
    }
    assertEquals(0.5, sgd.learningRate());
  }

  @Test
  void anOptimizerTellsWhatItChangesAndHowFast() {
    var adam = new Adam(List.of(parameter(), parameter()), 3e-3);
    assertEquals("Adam(2 parameter tensors, learning rate 0.003)", adam.toString());
  }

  @Test
  void aParameterWithoutAGradientStays() {
    Tensor used = parameter();
    Tensor unused = parameter();
    var adam = new Adam(List.of(used, unused), AdamConfig.of(0.1).decoupledWeightDecay(0.5));
    used.sum().backward();
    adam.step();
    assertEquals(0.85, used.item(), 1e-6);
    assertEquals(1, unused.item());
    adam.zeroGrad();
    assertNull(used.grad());
    adam.step();
    assertEquals(0.85, used.item(), 1e-6);
  }

  /** With both betas 0 a step is as long as the learning rate, however small the gradient is. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aGradientThatCollapsesKeepsItsDigitsWithoutMomentum(DType dtype) {
    Tensor contiguous = Tensor.ones(dtype, 40, 2);
    Tensor transposed = Tensor.ones(dtype, 2, 40).t();
    for (Tensor parameter : List.of(contiguous, transposed)) {
      parameter.requiresGrad(true);
      var adam = new Adam(List.of(parameter), AdamConfig.of(0.125).betas(0, 0).eps(0));
      for (double gradient : new double[] {1e17, 3e-2}) {
        parameter.setGrad(Tensor.full(dtype, gradient, 40, 2));
        adam.step();
      }
      assertEquals(0.75, parameter.min().item(), 1e-6);
      assertEquals(0.75, parameter.max().item(), 1e-6);
    }
  }
}
