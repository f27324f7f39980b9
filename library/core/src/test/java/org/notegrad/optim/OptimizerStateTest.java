package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** What an optimizer keeps for a parameter, saves and loads. */
class OptimizerStateTest {
  /** Optimizers of every kind of state. */
  enum Kind {
    SGD(p -> new SGD(p, 0.1)),
    MOMENTUM(p -> new SGD(p, SGDConfig.of(0.1).momentum(0.9).dampening(0.3))),
    ADAM(p -> new Adam(p, AdamConfig.of(0.1).decoupledWeightDecay(0.05)));

    private final Function<List<Tensor>, Optimizer<?>> of;

    Kind(Function<List<Tensor>, Optimizer<?>> of) {
      this.of = of;
    }
  }

  /** Two parameters, one of them transposed, so that its steps are not fused. */
  private static List<Tensor> parameters(DType dtype) {
    Tensor first = Tensor.linspace(-1, 1, 33).to(dtype).clone().requiresGrad(true);
    Tensor second =
        Tensor.linspace(-2, 1, 6).to(dtype).reshape(2, 3).clone().t().requiresGrad(true);
    return List.of(first, second);
  }

  private static void train(Optimizer<?> optimizer, int from, int to) {
    for (int i = from; i < to; i++) {
      optimizer.zeroGrad();
      for (Tensor parameter : optimizer.parameters()) {
        if (i > 1 || parameter.rank() == 1) { // the second one makes fewer steps
          parameter.sub(0.3 * i).square().mul(parameter.sin()).sum().backward();
        }
      }
      optimizer.setLearningRate(0.1 / (1 + i));
      optimizer.step();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void tenStepsAreFiveAndAfterLoadingFiveMoreToTheBit(Kind kind) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      List<Tensor> whole = parameters(dtype);
      train(kind.of.apply(whole), 0, 10);

      List<Tensor> before = parameters(dtype);
      Optimizer<?> saved = kind.of.apply(before);
      train(saved, 0, 5);
      Map<String, Tensor> state = saved.stateDict();
      double[][] values = before.stream().map(Tensor::toDoubleArray).toArray(double[][]::new);
      train(saved, 5, 7); // what was saved does not change

      List<Tensor> after = parameters(dtype);
      for (int i = 0; i < after.size(); i++) {
        Tensor value = Tensor.fromArray(values[i], after.get(i).shape().toArray());
        after.get(i).detach().copyInPlace(value);
      }
      Optimizer<?> loaded = kind.of.apply(after);
      loaded.loadStateDict(state);
      assertEquals(0.1 / 5, loaded.learningRate());
      train(loaded, 5, 10);
      for (int i = 0; i < whole.size(); i++) {
        assertArrayEquals(whole.get(i).toDoubleArray(), after.get(i).toDoubleArray());
      }
    }
  }

  @Test
  void stateIsNamedAndItsTensorsAreTheOnesThatStepsUse() {
    Tensor parameter = Tensor.tensor(1.0, 2.0).requiresGrad(true);
    var adam = new Adam(List.of(parameter), AdamConfig.of(0.1).betas(0.5, 0.5));
    assertEquals(Map.of(), adam.state(parameter));
    assertEquals(0, adam.steps(parameter));
    parameter.setGrad(Tensor.tensor(4.0, 8.0));
    adam.step();
    assertEquals(Set.of("exp_avg", "exp_avg_sq"), adam.state(parameter).keySet());
    assertArrayEquals(new float[] {2, 4}, adam.state(parameter).get("exp_avg").toFloatArray());
    assertEquals(1, adam.steps(parameter));
    adam.state(parameter).get("exp_avg").zeroInPlace();
    parameter.setGrad(Tensor.tensor(4.0, 8.0));
    adam.step();
    assertArrayEquals(new float[] {2, 4}, adam.state(parameter).get("exp_avg").toFloatArray());
    adam.clearState(parameter);
    assertEquals(Map.of(), adam.state(parameter));
    assertThrows(
        UnsupportedOperationException.class, () -> adam.state(parameter).put("x", parameter));
  }

  @Test
  void stateDictNamesWhatItHolds() {
    var parameters = parameters(DType.FLOAT32);
    var adam = new Adam(parameters, 0.25);
    parameters.getFirst().sum().backward();
    adam.step();
    Map<String, Tensor> state = adam.stateDict();
    assertEquals(
        List.of("groups.0.learningRate", "state.0.step", "state.0.exp_avg", "state.0.exp_avg_sq"),
        List.copyOf(state.keySet()));
    assertEquals(0.25, state.get("groups.0.learningRate").item());
    assertEquals(1, state.get("state.0.step").itemLong());
    state.get("state.0.exp_avg").fillInPlace(9);
    assertEquals(0.1, adam.state(parameters.getFirst()).get("exp_avg").max().item(), 1e-6);
  }

  @Test
  void wrongStateIsNamedAndChangesNothing() {
    Tensor parameter = Tensor.tensor(1.0, 2.0).requiresGrad(true);
    var adam = new Adam(List.of(parameter), 0.5);
    parameter.setGrad(Tensor.tensor(4.0, 8.0));
    adam.step();
    Map<String, Tensor> good = new HashMap<>(adam.stateDict());
    good.put("groups.0.learningRate", Tensor.scalar(DType.FLOAT64, 0.125));
    good.put("state.0.step", Tensor.fromArray(new long[] {7}, new int[0]));
    refused(adam, good, "state.0.exp_avg_sq is missing", "state.0.exp_avg_sq", null);
    refused(adam, good, "groups.0.learningRate is missing", "groups.0.learningRate", null);
    refused(adam, good, "no place for [state.1.step]", "state.1.step", Tensor.zeros(1));
    refused(adam, good, "state.0.exp_avg is float64", "state.0.exp_avg", zeros64());
    refused(adam, good, "(3,) x (2,)", "state.0.exp_avg", Tensor.zeros(3));
    assertEquals(0.5, adam.learningRate());
    assertEquals(1, adam.steps(parameter));
    adam.loadStateDict(good);
    assertEquals(0.125, adam.learningRate());
    assertEquals(7, adam.steps(parameter));
  }

  private static Tensor zeros64() {
    return Tensor.zeros(DType.FLOAT64, 2);
  }

  private static void refused(
      Adam adam, Map<String, Tensor> good, String message, String name, Tensor instead) {
    Map<String, Tensor> bad = new HashMap<>(good);
    if (instead == null) {
      bad.remove(name);
    } else {
      bad.put(name, instead);
    }
    var e = assertThrows(NotegradException.class, () -> adam.loadStateDict(bad));
    assertTrue(e.getMessage().startsWith("Adam: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
