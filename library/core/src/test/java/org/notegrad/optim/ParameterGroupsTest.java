package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.Handle;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.nn.Linear;
import org.notegrad.nn.Sequential;

/** Groups of parameters with settings of their own, what is skipped, and who sees steps. */
class ParameterGroupsTest {
  private static Tensor parameter() {
    return Tensor.tensor(1.0).requiresGrad(true);
  }

  private static void step(Optimizer<?> optimizer, double gradient) {
    optimizer.parameters().forEach(p -> p.setGrad(Tensor.tensor(gradient)));
    optimizer.step();
  }

  @Test
  void eachGroupHasItsSettings() {
    Tensor slow = parameter();
    Tensor fast = parameter();
    var sgd =
        new SGD(
            List.of(
                ParameterGroup.of(List.of(slow), SGDConfig.of(0.25)),
                ParameterGroup.of(List.of(fast), SGDConfig.of(0.5).maximizing())));
    step(sgd, 1);
    assertEquals(0.75, slow.item());
    assertEquals(1.5, fast.item());
    sgd.setLearningRate(1, 1);
    step(sgd, 1);
    assertEquals(0.5, slow.item());
    assertEquals(2.5, fast.item());
    sgd.setConfig(0, SGDConfig.of(0.5).momentum(0.5));
    step(sgd, 1);
    step(sgd, 1);
    assertEquals(0.5 - 0.5 - 0.75, slow.item());
    assertEquals(List.of(0.5, 1.0), List.of(sgd.learningRate(0), sgd.learningRate(1)));
    sgd.setLearningRate(0.125);
    assertEquals(List.of(0.125, 0.125), List.of(sgd.learningRate(0), sgd.learningRate(1)));
    assertEquals(SGDConfig.of(0.125).momentum(0.5), sgd.groups().getFirst().config());
    assertEquals(
        "SGD(2 parameter tensors in 2 groups, learning rates 0.125, 0.125)", sgd.toString());
  }

  @Test
  void aGroupThatIsAddedIsTrainedFromThenOn() {
    Tensor first = parameter();
    Tensor second = parameter();
    var sgd = new SGD(List.of(first), 0.5);
    step(sgd, 1);
    sgd.addParameterGroup(ParameterGroup.of(List.of(second), SGDConfig.of(0.25)));
    step(sgd, 1);
    assertEquals(0, first.item());
    assertEquals(0.75, second.item());
    var twice =
        assertThrows(
            NotegradException.class,
            () ->
                sgd.addParameterGroup(
                    ParameterGroup.of(List.of(parameter(), first), SGDConfig.of(1))));
    assertTrue(twice.getMessage().contains("(1,) is listed twice"), twice.getMessage());
    assertEquals(2, sgd.parameters().size(), "nothing was added");
  }

  @Test
  void momentumThatIsTakenAwayAndGivenBackBeginsAnew() {
    Tensor parameter = parameter();
    var sgd = new SGD(List.of(parameter), SGDConfig.of(0.5).momentum(0.5));
    step(sgd, 1);
    sgd.setConfig(0, SGDConfig.of(0.5));
    assertEquals(0, sgd.state(parameter).size());
    sgd.setConfig(0, SGDConfig.of(0.5).momentum(0.5));
    step(sgd, 1);
    assertEquals(0, parameter.item());
  }

  @Test
  void settingsThatChangeLeaveTheStateThatBothHave() {
    Tensor parameter = parameter();
    var sgd = new SGD(List.of(parameter), SGDConfig.of(0).momentum(0.5));
    step(sgd, 1);
    sgd.setConfig(0, SGDConfig.of(1).momentum(0.25));
    step(sgd, 1);
    assertEquals(-0.25, parameter.item());
  }

  @Test
  void frozenParametersAreSkippedUntilTheyTrain() {
    var frozen = new Linear(3, 3);
    var model = new Sequential(frozen, new Linear(3, 2));
    frozen.freeze();
    var adam = new Adam(model.parameters(), 0.1);
    assertEquals(4, adam.parameters().size());
    float[] before = frozen.weight().toFloatArray();
    model.forward(Tensor.ones(1, 3)).sum().backward();
    adam.step();
    assertTrue(Arrays.equals(before, frozen.weight().toFloatArray()));
    frozen.parameters().forEach(p -> p.requiresGrad(true));
    model.forward(Tensor.ones(1, 3)).sum().backward();
    adam.step();
    assertEquals(false, Arrays.equals(before, frozen.weight().toFloatArray()));
  }

  @Test
  void aGradientFromBeforeTheFreezeIsNotUsed() {
    Tensor parameter = parameter();
    var sgd = new SGD(List.of(parameter), 0.5);
    parameter.sum().backward();
    parameter.requiresGrad(false);
    sgd.step();
    assertEquals(1, parameter.item());
  }

  @Test
  void hooksSeeEachStepUntilClosed() {
    Tensor parameter = parameter();
    var sgd = new SGD(List.of(parameter), 0.5);
    List<Double> seen = new ArrayList<>();
    Optimizer.StepHook hook = optimizer -> seen.add(optimizer.parameters().getFirst().item());
    Handle before = sgd.registerStepPreHook(hook);
    Handle after = sgd.registerStepPostHook(hook);
    step(sgd, 1);
    assertEquals(List.of(1.0, 0.5), seen);
    Handle again = sgd.registerStepPostHook(hook);
    after.close();
    after.close();
    step(sgd, 1);
    assertEquals(List.of(1.0, 0.5, 0.5, 0.0), seen, "the other registration stays");
    before.close();
    again.close();
    step(sgd, 1);
    assertEquals(4, seen.size());
  }

  @Test
  void aHookMayChangeTheGradientsOfTheStep() {
    Tensor parameter = parameter();
    var sgd = new SGD(List.of(parameter), 0.5);
    sgd.registerStepPreHook(
        optimizer -> optimizer.parameters().forEach(p -> p.grad().mulInPlace(0.5)));
    step(sgd, 1);
    assertEquals(0.75, parameter.item());
  }

  /** The example of {@link Optimizer}: where the gradient is positive, the parameter goes down. */
  private static final class SignSGD extends Optimizer<SGDConfig> {
    SignSGD(List<Tensor> parameters, SGDConfig config) {
      super(List.of(ParameterGroup.of(parameters, config)));
    }

    @Override
    protected List<String> stateNames(SGDConfig config) {
      return List.of();
    }

    @Override
    protected double[] numbers(SGDConfig config, long step) {
      return new double[] {-config.learningRate()};
    }

    @Override
    protected void rule(SGDConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] numbers) {
      p.addInPlace(g.sign().mul(numbers[0]));
    }
  }

  @Test
  void anOptimizerOfOnesOwnIsARule() {
    Tensor parameter = Tensor.tensor(1.0, 1.0, 1.0).requiresGrad(true);
    var optimizer = new SignSGD(List.of(parameter), SGDConfig.of(0.25));
    parameter.setGrad(Tensor.tensor(4.0, 0.0, -1e-9));
    optimizer.step();
    assertEquals(
        List.of(0.75, 1.0, 1.25), Arrays.stream(parameter.toDoubleArray()).boxed().toList());
  }

  /** A rule that takes the learning rate from its settings, which it should not. */
  private static final class Reading extends Optimizer<SGDConfig> {
    Reading(List<Tensor> parameters, SGDConfig config) {
      super(List.of(ParameterGroup.of(parameters, config)));
    }

    @Override
    protected List<String> stateNames(SGDConfig config) {
      return List.of();
    }

    @Override
    protected double[] numbers(SGDConfig config, long step) {
      return new double[0];
    }

    @Override
    protected void rule(SGDConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] numbers) {
      p.subInPlace(g.mul(config.learningRate()));
    }
  }

  @Test
  void aRuleThatReadsTheLearningRateStillFollowsIt() {
    Tensor parameter = parameter();
    var optimizer = new Reading(List.of(parameter), SGDConfig.of(0.5));
    step(optimizer, 1);
    assertEquals(0.5, parameter.item());
    optimizer.setLearningRate(0.125);
    step(optimizer, 1);
    assertEquals(0.375, parameter.item());
    assertTrue(optimizer.explain().contains("operation by operation"), optimizer.explain());
  }

  @Test
  void wrongGroupsAreNamed() {
    says("SGD: the groups are null", () -> new SGD(null));
    var sgd = new SGD(List.of(parameter()), 0.5);
    says("SGD: group 1 of 1, counted from 0", () -> sgd.learningRate(1));
    says("SGD: no parameters to optimize", () -> new SGD(List.of(), 0.5));
    says("ParameterGroup: the parameters are null", () -> new SGD(null, 0.5));
    says(
        "ParameterGroup: the settings are null",
        () -> ParameterGroup.of(List.of(parameter()), (SGDConfig) null));
    says(
        "ParameterGroup: parameter 1 is null",
        () -> new SGD(Arrays.asList(parameter(), null), 0.5));
    says(
        "SGD: a parameter of shape (3,) is int64, which has no gradients",
        () -> new SGD(List.of(Tensor.arange(3)), 0.5));
    says(
        "SGD: a parameter of shape (1,) is no leaf: it is the result of mul",
        () -> new SGD(List.of(parameter().mul(2)), 0.5));
  }

  private static void says(String message, org.junit.jupiter.api.function.Executable code) {
    assertEquals(message, assertThrows(NotegradException.class, code).getMessage());
  }
}
