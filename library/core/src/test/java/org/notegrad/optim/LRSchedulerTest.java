package org.notegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** Schedules against their formulas. */
class LRSchedulerTest {
  private static SGD twoGroups() {
    return new SGD(
        List.of(
            ParameterGroup.of(List.of(Tensor.zeros(1)), SGDConfig.of(0.5)),
            ParameterGroup.of(List.of(Tensor.zeros(1)), SGDConfig.of(2))));
  }

  @Test
  void stepLRMultipliesAtEveryStepOfItsSize() {
    var sgd = twoGroups();
    LRScheduler schedule = new StepLR(sgd, 3, 0.5);
    for (int t = 0; t < 10; t++) {
      assertEquals(t, schedule.steps());
      double factor = Math.pow(0.5, Math.floorDiv(t, 3));
      assertEquals(0.5 * factor, sgd.learningRate(0));
      assertEquals(2 * factor, sgd.learningRate(1));
      schedule.step();
    }
  }

  @Test
  void lambdaLRMultipliesTheFirstLearningRatesFromTheStart() {
    var sgd = twoGroups();
    LRScheduler schedule = new LambdaLR(sgd, t -> 1.0 / (t + 4));
    for (int t = 0; t < 10; t++) {
      assertEquals(0.5 / (t + 4), sgd.learningRate(0), 1e-15);
      assertEquals(2.0 / (t + 4), sgd.learningRate(1), 1e-15);
      schedule.step();
    }
    sgd.addParameterGroup(ParameterGroup.of(List.of(Tensor.zeros(1)), SGDConfig.of(8)));
    schedule.step();
    assertEquals(8.0 / 15, sgd.learningRate(2), 1e-15);
    assertEquals(0.5 / 15, sgd.learningRate(0), 1e-15);
  }

  @Test
  void schedulesMayActBesideOneAnother() {
    var sgd = twoGroups();
    LRScheduler every2 = new StepLR(sgd, 2, 0.5);
    LRScheduler every3 = new StepLR(sgd, 3, 0.25);
    for (int t = 1; t <= 6; t++) {
      every2.step();
      every3.step();
    }
    assertEquals(0.5 * 0.125 * 0.0625, sgd.learningRate());
  }

  @Test
  void aScheduleGoesOnAfterLoading() {
    var sgd = twoGroups();
    var stepwise = new StepLR(sgd, 3, 0.5);
    stepwise.step();
    stepwise.step();
    var loaded = new StepLR(sgd, 3, 0.5);
    loaded.loadStateDict(stepwise.stateDict());
    loaded.step();
    assertEquals(0.25, sgd.learningRate());

    var first = twoGroups();
    var lambda = new LambdaLR(first, t -> 1.0 / (t + 1));
    lambda.step();
    var second = twoGroups();
    second.setLearningRate(7); // the state says what it was at the start
    var goesOn = new LambdaLR(second, t -> 1.0 / (t + 1));
    goesOn.loadStateDict(lambda.stateDict());
    second.loadStateDict(first.stateDict());
    assertEquals(0.25, second.learningRate());
    lambda.step();
    goesOn.step();
    assertEquals(first.learningRate(0), second.learningRate(0));
    assertEquals(2.0 / 3, second.learningRate(1), 1e-15);
    var e = assertThrows(NotegradException.class, () -> goesOn.loadStateDict(stepwise.stateDict()));
    assertEquals("LambdaLR: loadStateDict: initial.0 is missing", e.getMessage());
    assertThrows(NotegradException.class, () -> stepwise.loadStateDict(Map.of()));
    assertEquals(2, goesOn.steps());
  }

  @Test
  void wrongSchedulesAreNamed() {
    var sgd = twoGroups();
    var size = assertThrows(NotegradException.class, () -> new StepLR(sgd, 0, 0.5));
    assertEquals("StepLR: size 0; at least 1 expected", size.getMessage());
    var gamma = assertThrows(NotegradException.class, () -> new StepLR(sgd, 1, -1));
    assertEquals("StepLR: gamma -1.0 is not 0 or more", gamma.getMessage());
    assertThrows(NotegradException.class, () -> new LambdaLR(sgd, t -> Double.NaN));
    assertEquals(0.5, sgd.learningRate());
  }

  @Test
  void schedulesTellWhereTheyAre() {
    var sgd = twoGroups();
    var schedule = new StepLR(sgd, 1, 0.5);
    schedule.step();
    assertEquals("StepLR(every 1 steps by 0.5, step 1, learning rate 0.25)", schedule.toString());
  }
}
