package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.notegrad.Tensor;
import org.notegrad.optim.SGD;
import org.notegrad.optim.StepLR;

class TrainingTest {
  /** Keeps the frames and lets the test say how the cell ended. */
  private static final class Notebook implements Screen, Screen.Live {
    private final List<TrainingView> frames = new ArrayList<>();
    private Consumer<Outcome> atEnd = outcome -> {};
    private int closed;

    @Override
    public Live show(View view) {
      update(view);
      return this;
    }

    @Override
    public void update(View view) {
      frames.add((TrainingView) view);
    }

    @Override
    public void atEnd(Consumer<Outcome> action) {
      atEnd = action;
    }

    @Override
    public void close() {
      closed++;
    }

    TrainingView last() {
      return frames.getLast();
    }
  }

  private final Notebook notebook = new Notebook();
  private final Screen before = Screen.use(notebook);
  private long now = 1;

  @AfterEach
  void putTheScreenBack() {
    Screen.use(before);
  }

  private <B> Training<B> training(int epochs, Iterable<B> data) {
    return new Training<>(epochs, data, () -> now);
  }

  private void passMillis(long millis) {
    now += millis * 1_000_000;
  }

  @Test
  void everyEpochRunsOverAllBatchesInOrder() {
    var seen = new ArrayList<String>();
    for (var epoch : training(2, List.of("a", "b"))) {
      for (var batch : epoch) {
        seen.add(epoch.number() + batch);
      }
    }
    assertEquals(List.of("1a", "1b", "2a", "2b"), seen);
    assertEquals(Run.State.FINISHED, notebook.last().state());
    assertEquals(1, notebook.closed);
  }

  @Test
  void atMostFiveFramesAreShownASecond() {
    for (var epoch : training(10, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))) {
      for (var batch : epoch) {
        passMillis(20);
        epoch.log("loss", batch);
      }
    }
    // Two seconds: the first frame, the last one and at most ten between them.
    assertTrue(notebook.frames.size() <= 12, () -> notebook.frames.size() + " frames");
    assertTrue(notebook.frames.size() >= 8, () -> notebook.frames.size() + " frames");
  }

  @Test
  void valuesBelongToTheStepTheyWereLoggedInAndToTheEpochBehindItsLastBatch() {
    for (var epoch : training(2, List.of(1, 2, 3))) {
      for (var batch : epoch) {
        epoch.log("loss", Tensor.scalar(10.0 * epoch.number() + batch));
      }
      epoch.log("val loss", epoch.number());
    }
    var loss = notebook.last().series().get("loss");
    assertEquals(6, loss.size());
    assertEquals(4, loss.steps()[3]);
    assertEquals(21, loss.values()[3]);
    var validation = notebook.last().series().get("val loss");
    assertEquals(3, validation.steps()[0]);
    assertEquals(6, validation.steps()[1]);
    assertEquals(2, notebook.last().epochOf(6));
    assertEquals(1, notebook.last().epochOf(3));
  }

  @Test
  void theBestValueIsMarkedWithItsEpoch() {
    double[] accuracy = {0.5, 0.9, 0.7};
    for (var epoch : training(3, List.of(1))) {
      for (var batch : epoch) {
        epoch.log("loss", batch);
      }
      epoch.log("val accuracy", accuracy[epoch.number() - 1]);
    }
    assertTrue(notebook.last().text().contains("val accuracy 0.7 (best 0.9, epoch 2)"));
    assertTrue(notebook.last().html().contains("0.9 · epoch 2"));
  }

  @Test
  void theLossOfSingleStepsHasNoBestValue() {
    for (var epoch : training(2, List.of(3, 1, 2))) {
      for (var batch : epoch) {
        epoch.log("loss", batch);
      }
    }
    assertTrue(notebook.last().text().endsWith("loss 2"), notebook.last().text());
    assertFalse(notebook.last().text().contains("best"), notebook.last().text());
  }

  @Test
  void theFirstValueThatIsNotFiniteIsNamedWithItsStep() {
    for (var epoch : training(2, List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY))) {
      for (var batch : epoch) {
        epoch.log("loss", Tensor.scalar(batch));
      }
    }
    var view = notebook.last();
    assertEquals("loss", view.trouble().name());
    assertEquals(2, view.trouble().step());
    assertTrue(view.text().contains("loss became nan at step 2 (epoch 1)"), view.text());
    assertTrue(view.html().contains("loss became nan at step 2 (epoch 1)"));
  }

  @Test
  void anInterruptedRunSaysSoInItsLastFrame() {
    for (var epoch : training(20, List.of(1, 2, 3, 4))) {
      for (var batch : epoch) {
        epoch.log("loss", batch);
        if (batch == 2) {
          break;
        }
      }
      if (epoch.number() == 3) {
        break;
      }
    }
    notebook.atEnd.accept(Screen.Outcome.INTERRUPTED);
    assertEquals(Run.State.INTERRUPTED, notebook.last().state());
    assertTrue(notebook.last().text().startsWith("interrupted in epoch 3 of 20"));
    assertTrue(notebook.last().html().contains("interrupted in epoch 3 of 20"));
    assertEquals(6, notebook.last().series().get("loss").size());
  }

  @Test
  void aFinishedRunStaysFinishedWhenItsCellFailsLater() {
    for (var epoch : training(1, List.of(1))) {
      epoch.forEach(batch -> {});
    }
    notebook.atEnd.accept(Screen.Outcome.FAILED);
    assertEquals(Run.State.FINISHED, notebook.last().state());
  }

  @Test
  void progressAndTimeLeftFollowTheSteps() {
    var view = new TrainingView[1];
    int step = 0;
    for (var epoch : training(4, List.of(1, 2, 3, 4, 5))) {
      for (var batch : epoch) {
        passMillis(1000);
        if (++step == 11) {
          view[0] = notebook.last();
        }
      }
    }
    // The frame is drawn at the start of step 11, when ten of twenty are over.
    assertEquals(0.55, view[0].fraction(), 1e-12);
    assertTrue(view[0].text().contains("55%"), view[0].text());
    assertTrue(view[0].html().contains("10 s"), view[0].html());
    assertTrue(view[0].text().contains("8.2 s left"), view[0].text());
  }

  @Test
  void theLengthOfDataThatDoesNotTellItIsLearntInTheFirstEpoch() {
    Iterable<Integer> unknown = () -> List.of(1, 2, 3).iterator();
    var fractions = new ArrayList<Double>();
    for (var epoch : training(2, unknown)) {
      for (var batch : epoch) {
        passMillis(300);
        fractions.add(notebook.last().fraction());
      }
    }
    assertEquals(List.of(0.0, 0.0, 0.0), fractions.subList(0, 3));
    assertEquals(0.5 + 0.5 / 3, fractions.get(3), 1e-12);
  }

  @Test
  void theOptimizersLearningRateAndGradientNormAreShown() {
    var weight = Tensor.tensor(3.0, 4.0).requiresGrad(true);
    var sgd = new SGD(List.of(weight), 0.5);
    for (var epoch : training(1, List.of(1, 2)).watch(sgd)) {
      for (var batch : epoch) {
        sgd.zeroGrad();
        weight.mul(Tensor.tensor(3.0 * batch, 4.0 * batch)).sum().backward();
        passMillis(1000);
      }
    }
    var norms = notebook.last().series().get(Run.GRADIENT_NORM);
    assertEquals(2, norms.size());
    assertEquals(5, norms.values()[0], 1e-6);
    assertEquals(10, norms.values()[1], 1e-5);
    assertEquals(0.5, notebook.last().series().get(Run.LEARNING_RATE).last());
  }

  @Test
  void aTensorThatIsLoggedIsReadAsItWas() {
    var total = Tensor.zeros(1);
    for (var epoch : training(1, List.of(1, 2, 3))) {
      for (var batch : epoch) {
        total.addInPlace(1);
        epoch.log("running", total);
      }
    }
    assertArrayEquals(new double[] {1, 2, 3}, valuesOf("running"));
  }

  @Test
  void theLearningRateAndTheNormAreThoseOfTheStepWhateverFollowsIt() {
    var weight = Tensor.tensor(3.0, 4.0).requiresGrad(true);
    var sgd = new SGD(List.of(weight), 0.5);
    var schedule = new StepLR(sgd, 1, 0.5);
    for (var epoch : training(1, List.of(1, 2)).watch(sgd)) {
      for (var batch : epoch) {
        weight.mul(Tensor.tensor(3.0 * batch, 4.0 * batch)).sum().backward();
        sgd.step();
        sgd.zeroGrad();
        schedule.step();
        passMillis(1000);
      }
    }
    assertArrayEquals(new double[] {0.5, 0.25}, valuesOf(Run.LEARNING_RATE));
    assertArrayEquals(new double[] {5, 10}, valuesOf(Run.GRADIENT_NORM), 1e-5);
  }

  private double[] valuesOf(String name) {
    var points = notebook.last().series().get(name);
    return Arrays.copyOf(points.values(), points.size());
  }

  @Test
  void gradientNormsThatCostTimeAreRareButReachTheLastStep() {
    var weight = Tensor.tensor(3.0, 4.0).requiresGrad(true);
    var sgd = new SGD(List.of(weight), 0.5);
    var slow = new Training<>(2, List.of(1, 2, 3), () -> now += 1_000_000);
    for (var epoch : slow.watch(sgd)) {
      for (var batch : epoch) {
        sgd.zeroGrad();
        weight.mul(Tensor.tensor(3.0 * batch, 4.0 * batch)).sum().backward();
      }
    }
    var norms = notebook.last().series().get(Run.GRADIENT_NORM);
    assertEquals(
        List.of(1.0, 6.0), Arrays.stream(norms.steps()).limit(norms.size()).boxed().toList());
    assertEquals(15, norms.last(), 1e-5);
  }

  @Test
  void theAxisSpansThePlanButNeverSoMuchThatTheLinesHaveNoWidth() {
    assertEquals(20, runningFrame(20, 6).span());
    assertEquals(10, runningFrame(20, 2).span());
    assertEquals(2_500, runningFrame(20_000, 320).span());
    assertEquals(1, runningFrame(1, 0).span());
    assertEquals(3, runningFrame(3, 1).span());
  }

  @Test
  void theAxisOfARunThatWasStoppedEndsWhereItWasStopped() {
    for (var epoch : training(1000, List.of(1, 2))) {
      epoch.forEach(batch -> epoch.log("loss", batch));
      if (epoch.number() == 3) {
        break;
      }
    }
    notebook.atEnd.accept(Screen.Outcome.INTERRUPTED);
    assertEquals(6, notebook.last().span());
  }

  /** A frame of a run of one step an epoch. */
  private static TrainingView runningFrame(int epochs, int done) {
    var run = new Run(epochs, 1);
    for (int i = 0; i < done; i++) {
      run.startEpoch();
      run.startStep(1);
      run.endEpoch();
    }
    return run.frame(1);
  }

  @Test
  void loggingKeepsNoGraphAlive() {
    var training = training(1, List.of(1));
    for (var epoch : training) {
      for (var batch : epoch) {
        var hidden = logLoss(epoch);
        System.gc();
        assertNull(hidden.get(), "only the graph of a loss that is not drawn yet could hold it");
      }
    }
    assertArrayEquals(new double[] {36}, training.history().values("loss"));
  }

  private static WeakReference<Tensor> logLoss(Epoch<?> epoch) {
    var hidden = Tensor.scalar(2).requiresGrad(true).mul(3);
    epoch.log("loss", hidden.square());
    return new WeakReference<>(hidden);
  }

  @Test
  void aLoopWithoutDataCountsItsRoundsAsSteps() {
    for (var epoch : new Training<Void>(3, null, () -> now)) {
      epoch.log("loss", 1.0 / epoch.number());
      assertSays("epochs(3) has no batches; give it the data: epochs(3, loader)", epoch::iterator);
    }
    assertEquals(3, notebook.last().series().get("loss").steps()[2]);
  }

  @Test
  void namesOfMetricsAreEscaped() {
    for (var epoch : training(1, List.of(1))) {
      epoch.forEach(batch -> {});
      epoch.log("<img src=x>", 1);
    }
    assertFalse(notebook.last().html().contains("<img src=x>"));
    var labels = Markup.elements(Markup.pictures(notebook.last().html()).getFirst(), "text");
    assertTrue(labels.stream().anyMatch(label -> label.getTextContent().contains("<img src=x>")));
  }

  @Test
  void wrongUsesSayWhatIsExpected() {
    assertSays("epochs: given 0, expected at least 1", () -> Training.epochs(0));
    var training = training(1, List.of(1));
    training.forEach(epoch -> {});
    assertSays("this training has run already; make a new one", training::iterator);
    for (var epoch : training(1, List.of(1))) {
      assertSays(
          "log: \"loss\" is one number, given a tensor of shape (2, 3)",
          () -> epoch.log("loss", Tensor.zeros(2, 3)));
    }
  }

  private static void assertSays(String message, Executable mistake) {
    assertEquals(message, assertThrows(RuntimeException.class, mistake).getMessage());
  }

  @Test
  void aMillionStepsAreDrawnWithinTheBytes() {
    var run = new Run(10, 100_000);
    run.startEpoch();
    for (int i = 1; i <= 1_000_000; i++) {
      run.startStep(1);
      for (var name : List.of("loss", "accuracy", "val loss", "margin")) {
        run.add(name, i, Math.sin(i * 0.37) + 1 + 5.0 / i);
      }
    }
    var html = run.frame(100).html();
    Markup.assertWithinBytes(html);
    assertEquals(1, Markup.pictures(html).size());
  }
}
