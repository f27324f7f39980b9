package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** Lion against its algorithm, written with plain numbers. */
class LionTest {
  private static final int N = 37;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void stepsAreThoseOfThePapersAlgorithm(DType dtype) {
    double rate = 0.01;
    double decay = 0.1;
    var random = new Random(5);
    double[] p = random.doubles(N, -1, 1).toArray();
    double[] m = new double[N];
    Tensor parameter = Tensor.fromArray(p, N).to(dtype).clone().requiresGrad(true);
    var lion =
        new Lion(List.of(parameter), LionConfig.of(rate).betas(0.8, 0.95).weightDecay(decay));
    for (int step = 0; step < 20; step++) {
      double[] g = random.doubles(N, -1, 1).toArray();
      g[3] = 0; // its direction is the mean's alone
      parameter.setGrad(Tensor.fromArray(g, N).to(dtype));
      lion.step();
      for (int i = 0; i < N; i++) {
        p[i] = p[i] * (1 - rate * decay) - rate * Math.signum(0.8 * m[i] + 0.2 * g[i]);
        m[i] = 0.95 * m[i] + 0.05 * g[i];
      }
    }
    double tolerance = dtype == DType.FLOAT32 ? 1e-5 : 1e-13;
    assertArrayEquals(p, parameter.toDoubleArray(), tolerance);
    assertArrayEquals(m, lion.state(parameter).get("exp_avg").toDoubleArray(), tolerance);
  }

  @Test
  void everyElementMovesByTheLearningRate() {
    Tensor parameter = Tensor.tensor(1.0, 1.0, 1.0).requiresGrad(true);
    parameter.setGrad(Tensor.tensor(1e-6, -1e6, 0.0));
    new Lion(List.of(parameter), 0.25).step();
    assertArrayEquals(new double[] {0.75, 1.25, 1}, parameter.toDoubleArray());
  }

  @Test
  void settingsOutsideTheirRangesAreRefused() {
    assertEquals(1e-4, LionConfig.defaults().learningRate());
    for (Runnable wrong :
        List.<Runnable>of(
            () -> LionConfig.of(-1),
            () -> LionConfig.of(1).betas(1, 0.9),
            () -> LionConfig.of(1).betas(0.9, Double.NaN),
            () -> LionConfig.of(1).weightDecay(-0.1))) {
      var e = assertThrows(NotegradException.class, wrong::run);
      assertTrue(e.getMessage().startsWith("Lion: "), e.getMessage());
    }
  }
}
