package org.notegrad.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.cat;
import static org.notegrad.train.Metrics.accuracy;
import static org.notegrad.train.Metrics.confusionMatrix;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.data.Dataset;
import org.notegrad.data.TensorDataset;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Sequential;

/** What is said of a classifier's answers. */
class MetricsTest {
  /** Scores are the inputs themselves. */
  private static final class Echo extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
      assertFalse(isTraining());
      assertFalse(Autograd.isEnabled());
      return x;
    }
  }

  private static final Tensor SCORES =
      Tensor.tensor(new double[][] {{3, 1, 0}, {0, 2, 5}, {9, 8, 7}, {0, 1, 0}});

  private static final Tensor TARGET = Tensor.tensor(0L, 1, 0, 1);

  private static TensorDataset with(Tensor target) {
    return new TensorDataset(SCORES, target);
  }

  @Test
  void accuracyIsTheShareOfRightAnswers() {
    assertEquals(0.75, accuracy(SCORES, TARGET));
    assertEquals(0.75, accuracy(new Echo(), with(TARGET)));
    assertEquals(0.75, accuracy(SCORES.clone().requiresGrad(true), TARGET));
  }

  @Test
  void confusionMatrixCountsRowsByClass() {
    long[] counts = {2, 0, 0, 0, 1, 1, 0, 0, 0};
    assertArrayEquals(counts, confusionMatrix(new Echo(), with(TARGET)).toLongArray());
    assertArrayEquals(counts, confusionMatrix(TARGET, Tensor.tensor(0L, 2, 0, 1)).toLongArray());
  }

  @Test
  void aModelsConfusionMatrixHasAllItsClasses() {
    var zeros = new TensorDataset(Tensor.tensor(new double[][] {{1, 0, 0}}), Tensor.tensor(0L));
    assertArrayEquals(new int[] {3, 3}, sizes(confusionMatrix(new Echo(), zeros)));
    assertArrayEquals(
        new int[] {1, 1}, sizes(confusionMatrix(Tensor.tensor(0L), Tensor.tensor(0L))));
  }

  private static int[] sizes(Tensor matrix) {
    return new int[] {matrix.size(0), matrix.size(1)};
  }

  @Test
  void predictionIsTheHighestScore() {
    assertArrayEquals(
        new long[] {0, 2, 0, 1}, Metrics.predict(new Echo(), with(Tensor.arange(4))).toLongArray());
    var nothing = new TensorDataset(Tensor.zeros(0, 3), Tensor.arange(0));
    assertEquals(0, Metrics.predict(new Echo(), nothing).numel());
  }

  @Test
  void manyBatchesAreOneAnswer() {
    int n = 2500;
    long[] classes = new long[n];
    Arrays.setAll(classes, i -> i % 2);
    Tensor target = Tensor.tensor(classes);
    Tensor first = target.eq(0).to(DType.FLOAT32).unsqueeze(1);
    Tensor scores = cat(1, first, first.neg().add(1));
    var dataset = new TensorDataset(scores, target);
    assertEquals(1, accuracy(new Echo(), dataset));
    assertArrayEquals(
        new long[] {n / 2, 0, 0, n / 2}, confusionMatrix(new Echo(), dataset).toLongArray());
    assertArrayEquals(target.toLongArray(), Metrics.predict(new Echo(), dataset).toLongArray());
  }

  @Test
  void measuringLeavesEveryModuleInItsMode() {
    var frozen = new Echo();
    var model = new Sequential(new Echo(), frozen);
    frozen.eval();
    accuracy(model, with(TARGET));
    assertTrue(model.isTraining());
    assertFalse(frozen.isTraining(), "was in evaluation mode before");
  }

  @Test
  void measuringNothingIsAnError() {
    var nothing = new TensorDataset(Tensor.zeros(0, 3), Tensor.arange(0));
    says("accuracy: there are no examples", () -> accuracy(new Echo(), nothing));
    says("accuracy: there are no examples", () -> accuracy(Tensor.zeros(0, 3), Tensor.arange(0)));
    says("confusionMatrix: there are no examples", () -> confusionMatrix(new Echo(), nothing));
    says(
        "confusionMatrix: there are no examples",
        () -> confusionMatrix(Tensor.arange(0), Tensor.arange(0)));
  }

  @Test
  void classesOutOfRangeAreNamed() {
    for (long wrong : new long[] {-1, 3, 1L << 40}) {
      Tensor target = Tensor.tensor(0L, 1, wrong, 1);
      String rule = ": class %d of example 2 is not in [0, 3)".formatted(wrong);
      says("accuracy" + rule, () -> accuracy(SCORES, target));
      says("accuracy" + rule, () -> accuracy(new Echo(), with(target)));
      says("confusionMatrix" + rule, () -> confusionMatrix(new Echo(), with(target)));
    }
    for (long wrong : new long[] {-1, 1L << 40}) {
      Tensor classes = Tensor.tensor(0L, wrong);
      String rule = "confusionMatrix: class %d of example 1 is not in [0, 46340)".formatted(wrong);
      says(rule, () -> confusionMatrix(classes, Tensor.arange(2)));
      says(rule, () -> confusionMatrix(Tensor.arange(2), classes));
    }
  }

  @Test
  void targetsOfAnotherShapeAreRefused() {
    Tensor column = TARGET.unsqueeze(1);
    String expected = "classes of shape (4,) expected";
    says("accuracy: (4, 1): " + expected, () -> accuracy(SCORES, column));
    says("accuracy: (4, 1): " + expected, () -> accuracy(new Echo(), with(column)));
    says("accuracy: (3,): " + expected, () -> accuracy(SCORES, Tensor.arange(3)));
    says("accuracy: (1,): " + expected, () -> accuracy(SCORES, Tensor.arange(1)));
    says("confusionMatrix: (4, 1): " + expected, () -> confusionMatrix(new Echo(), with(column)));
    says("confusionMatrix: (4, 1): " + expected, () -> confusionMatrix(column, column));
    says(
        "confusionMatrix: (4,) x (3,): as many predictions as targets expected",
        () -> confusionMatrix(TARGET, Tensor.arange(3)));
    says("accuracy: (4,): scores (n, classes) expected", () -> accuracy(TARGET, TARGET));
    says(
        "accuracy: (4, 0): scores (n, classes) expected",
        () -> accuracy(Tensor.zeros(4, 0), TARGET));
  }

  @Test
  void classesAreIntegers() {
    Tensor real = TARGET.to(DType.FLOAT32);
    says("accuracy: classes are integers, given float32", () -> accuracy(SCORES, real));
    says(
        "confusionMatrix: classes are integers, given float32",
        () -> confusionMatrix(TARGET, real));
  }

  /** A data set whose targets are one fewer than its inputs. */
  private record Short(int size) implements Dataset {
    @Override
    public Batch get(Tensor indices) {
      return new Batch(SCORES, Tensor.arange(3));
    }
  }

  @Test
  void aDataSetThatDropsATargetIsRefused() {
    says(
        "accuracy: (3,): classes of shape (4,) expected", () -> accuracy(new Echo(), new Short(4)));
  }

  private static void says(String message, Executable code) {
    assertEquals(message, assertThrows(NotegradException.class, code).getMessage());
  }
}
