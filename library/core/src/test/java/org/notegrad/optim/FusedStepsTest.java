package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.DType;
import org.notegrad.Tensor;

/** A step that runs as one loop gives the bits of its rule, run operation by operation. */
class FusedStepsTest {
  private record Case(String name, BiFunction<List<Tensor>, Double, Optimizer<?>> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case sgd(String name, java.util.function.UnaryOperator<SGDConfig> settings) {
    return new Case(name, (p, lr) -> new SGD(p, settings.apply(SGDConfig.of(lr))));
  }

  private static Case adam(String name, java.util.function.UnaryOperator<AdamConfig> settings) {
    return new Case(name, (p, lr) -> new Adam(p, settings.apply(AdamConfig.of(lr))));
  }

  static Stream<Case> cases() {
    return Stream.of(
        sgd("sgd", c -> c),
        sgd("sgd weight decay", c -> c.weightDecay(0.05)),
        sgd("momentum", c -> c.momentum(0.9)),
        sgd("dampening", c -> c.momentum(0.9).dampening(0.3).maximizing()),
        sgd("nesterov", c -> c.momentum(0.9).withNesterov().weightDecay(0.1)),
        adam("adam", c -> c),
        adam("adam without momentum", c -> c.betas(0, 0.9)),
        adam("adam weight decay", c -> c.weightDecay(0.1).maximizing()),
        adam("adamw", c -> c.decoupledWeightDecay(0.1)),
        new Case("own", (p, lr) -> new SignMomentum(p, lr)));
  }

  /** As a person would write one: with a literal in its rule. */
  private record SignConfig(double learningRate) implements OptimizerConfig<SignConfig> {
    @Override
    public SignConfig learningRate(double rate) {
      return new SignConfig(rate);
    }
  }

  private static final class SignMomentum extends Optimizer<SignConfig> {
    SignMomentum(List<Tensor> parameters, double learningRate) {
      super(List.of(ParameterGroup.of(parameters, new SignConfig(learningRate))));
    }

    @Override
    protected List<String> stateNames(SignConfig config) {
      return List.of("momentum");
    }

    @Override
    protected double[] numbers(SignConfig config, long step) {
      return new double[] {-config.learningRate()};
    }

    @Override
    protected void rule(SignConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] numbers) {
      Tensor mean = state[0].mulInPlace(0.9).addInPlace(g, 0.1);
      p.addInPlace(mean.sign().mul(numbers[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsHaveTheBitsOfTheirRule(Case c) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int n : new int[] {0, 1, 7, 16, 33, 66_001}) {
        Tensor start = Tensor.randn(type, n);
        Tensor fused = start.clone().requiresGrad(true);
        // with gaps, so that no loop is made for it
        Tensor apart = Tensor.zeros(type, 2 * n).slice(0, 0, 2 * n, 2);
        apart.copyInPlace(start).requiresGrad(true);
        Optimizer<?> one = c.make.apply(List.of(fused), 0.05);
        Optimizer<?> other = c.make.apply(List.of(apart), 0.05);
        for (int step = 0; step < 4; step++) {
          Tensor gradient = Tensor.randn(type, n);
          fused.setGrad(gradient);
          apart.setGrad(gradient);
          one.setLearningRate(0.05 / (step + 1));
          other.setLearningRate(0.05 / (step + 1));
          one.step();
          other.step();
          same(c + " " + type + " " + n + ", step " + step, apart, fused);
        }
        Map<String, Tensor> state = other.state(apart);
        for (var kept : one.state(fused).entrySet()) {
          same(c + " " + kept.getKey(), state.get(kept.getKey()), kept.getValue());
        }
      }
    }
  }

  private static void same(String what, Tensor expected, Tensor actual) {
    double[] a = expected.toDoubleArray();
    double[] b = actual.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
        assertEquals(a[i], b[i], what + ", element " + i);
      }
    }
  }

  @Test
  void aStepIsSeenByGraphsThatSavedTheParameter() {
    Tensor p = Tensor.randn(3).requiresGrad(true);
    Tensor loss = p.square().sum();
    p.setGrad(Tensor.ones(3));
    int version = p.version();
    new Adam(List.of(p), 0.1).step();
    assertTrue(p.version() > version);
    org.junit.jupiter.api.Assertions.assertThrows(
        org.notegrad.NotegradException.class, loss::backward);
  }

  @Test
  void groupsAndChangedSettingsHaveRulesOfTheirOwn() {
    Tensor a = Tensor.ones(2).requiresGrad(true);
    Tensor b = Tensor.ones(2).requiresGrad(true);
    var plain = SGDConfig.of(0.5);
    var sgd =
        new SGD(
            List.of(
                ParameterGroup.of(List.of(a), plain),
                ParameterGroup.of(List.of(b), plain.maximizing())));
    a.setGrad(Tensor.ones(2));
    b.setGrad(Tensor.ones(2));
    sgd.step();
    assertEquals(0.5, a.get(0).item());
    assertEquals(1.5, b.get(0).item());
    sgd.setConfig(0, plain.maximizing());
    sgd.step();
    assertEquals(1, a.get(0).item());
    assertEquals(2, b.get(0).item());
  }

  @Test
  void aRuleThatIsNotElementwiseRunsAndSaysWhyItIsNotFused() {
    var scaled =
        new Optimizer<SignConfig>(
            List.of(
                ParameterGroup.of(
                    List.of(Tensor.ones(4).requiresGrad(true)), new SignConfig(0.5)))) {
          @Override
          protected List<String> stateNames(SignConfig config) {
            return List.of();
          }

          @Override
          protected double[] numbers(SignConfig config, long step) {
            return new double[] {-config.learningRate()};
          }

          @Override
          protected void rule(
              SignConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] numbers) {
            p.addInPlace(g.div(g.norm()).mul(numbers[0]));
          }
        };
    Tensor p = scaled.parameters().getFirst();
    p.setGrad(Tensor.ones(4));
    scaled.step();
    assertEquals(0.75, p.get(0).item());
    assertTrue(scaled.explain().contains("operation by operation: "), scaled.explain());
    assertTrue(scaled.explain().contains("uses sum, which is not elementwise"), scaled.explain());
  }

  @Test
  void explainShowsTheLoopOfAStep() {
    var sgd = new SGD(List.of(Tensor.ones(2).requiresGrad(true)), SGDConfig.of(0.1).momentum(0.9));
    String loop =
        """
        for each element (float32):
          v0 = x2 * k1
          v1 = x1 * k2
          v2 = v0 + v1
          v3 = v2 * k3
          v4 = x0 + v3
          y0 = v4
          y1 = v2
        """;
    assertTrue(sgd.explain().contains(loop), sgd.explain());
  }
}
