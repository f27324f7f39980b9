package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.mseLoss;
import static org.notegrad.Golden.assertClose;
import static org.notegrad.Golden.tolerance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.Golden.Case;
import org.notegrad.optim.Adam;
import org.notegrad.optim.AdamConfig;
import org.notegrad.optim.Optimizer;
import org.notegrad.optim.SGD;
import org.notegrad.optim.SGDConfig;

/** Parameters along 20 steps of each optimizer's settings against PyTorch's. */
class GoldenOptimizersTest {
  private static final Map<String, SGDConfig> SGDS =
      Map.of(
          "sgd", SGDConfig.of(0.1),
          "sgd weight decay", SGDConfig.of(0.1).weightDecay(0.05),
          "sgd momentum", SGDConfig.of(0.05).momentum(0.9),
          "sgd momentum dampening", SGDConfig.of(0.05).momentum(0.9).dampening(0.3),
          "sgd momentum weight decay", SGDConfig.of(0.05).momentum(0.8).weightDecay(0.1),
          "sgd nesterov", SGDConfig.of(0.05).momentum(0.9).withNesterov(),
          "sgd nesterov weight decay",
              SGDConfig.of(0.05).momentum(0.9).withNesterov().weightDecay(0.1),
          "sgd maximize", SGDConfig.of(0.02).momentum(0.5).maximizing().weightDecay(0.1));

  private static final Map<String, AdamConfig> ADAMS =
      Map.of(
          "adam", AdamConfig.of(0.05),
          "adam betas", AdamConfig.of(0.05).betas(0.7, 0.95).eps(1e-4),
          "adam weight decay", AdamConfig.of(0.05).weightDecay(0.1),
          "adam maximize", AdamConfig.of(0.05).weightDecay(0.1).maximizing(),
          "adamw", AdamConfig.of(0.05).decoupledWeightDecay(0.1),
          "adamw maximize", AdamConfig.of(0.05).decoupledWeightDecay(0.1).maximizing());

  private static final int[] RECORDED = {1, 2, 5, 10, 20};

  static List<Case> cases() {
    return Golden.cases("optimizers.txt");
  }

  private static Optimizer<?> optimizer(String name, List<Tensor> parameters) {
    return SGDS.containsKey(name)
        ? new SGD(parameters, SGDS.get(name))
        : new Adam(parameters, ADAMS.get(name));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fusedStepsFollowPyTorch(Case golden) {
    follows(golden, weight -> weight);
  }

  /** A transposed parameter is not contiguous, so its steps run as their definition. */
  @ParameterizedTest
  @MethodSource("cases")
  void definitionsFollowPyTorch(Case golden) {
    follows(golden, weight -> weight.t().clone().t());
  }

  @Test
  void everySettingHasAGoldenCase() {
    Set<String> settings = new HashSet<>(SGDS.keySet());
    settings.addAll(ADAMS.keySet());
    assertEquals(settings, cases().stream().map(Case::name).collect(Collectors.toSet()));
  }

  private static void follows(Case golden, Function<Tensor, Tensor> laidOut) {
    List<Tensor> in = golden.all("in");
    Tensor weight = laidOut.apply(in.get(1)).requiresGrad(true);
    Tensor bias = in.get(2).requiresGrad(true);
    Optimizer<?> optimizer = optimizer(golden.name(), List.of(weight, bias));
    int step = 0;
    for (int recorded : RECORDED) {
      for (; step < recorded; step++) {
        Tensor loss = mseLoss(linear(in.get(0), weight, bias).tanh(), in.get(3));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
      }
      assertClose(
          golden + " after step " + step,
          golden.one("step" + step),
          Autograd.noGrad(() -> cat(0, weight.reshape(6), bias)),
          tolerance(weight.dtype()));
    }
  }
}
