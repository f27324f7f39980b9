package org.notegrad.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.train.Metrics.accuracy;

import org.junit.jupiter.api.Test;
import org.notegrad.Notegrad;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Digits;
import org.notegrad.data.TensorDataset;
import org.notegrad.nn.Linear;
import org.notegrad.nn.Module;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.optim.Adam;

/** Training a model on real data, and measuring it. */
class TrainingTest {
  private static final Digits DIGITS = Digits.load();

  /** The README's example. */
  private static Module trained(int epochs) {
    var train = new DataLoader(DIGITS.train(), 64).shuffle(42);
    var model = new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
    var adam = new Adam(model.parameters(), 3e-3);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (var batch : train) {
        var loss = crossEntropy(model.forward(batch.x()), batch.y());
        adam.zeroGrad();
        loss.backward();
        adam.step();
      }
    }
    return model;
  }

  @Test
  void exampleReachesItsAccuracy() {
    for (int seed = 0; seed < 3; seed++) {
      Notegrad.manualSeed(seed);
      double accuracy = accuracy(trained(20), DIGITS.test());
      assertTrue(accuracy >= 0.96, "accuracy " + accuracy + " with seed " + seed);
    }
  }

  @Test
  void oneAndTwoThreadsGiveTheSameBits() {
    int before = Notegrad.threads();
    try {
      Notegrad.setThreads(1);
      Notegrad.manualSeed(1);
      float[] one = trained(1).parameters().getFirst().toFloatArray();
      Notegrad.setThreads(2);
      Notegrad.manualSeed(1);
      float[] two = trained(1).parameters().getFirst().toFloatArray();
      assertArrayEquals(one, two);
    } finally {
      Notegrad.setThreads(before);
    }
  }

  /** Scores are the inputs themselves. */
  private static final class Echo extends Module {
    @Override
    protected Tensor compute(Tensor x) {
      assertFalse(isTraining());
      return x;
    }
  }

  private static final Tensor SCORES =
      Tensor.tensor(new double[][] {{3, 1, 0}, {0, 2, 5}, {9, 8, 7}, {0, 1, 0}});

  @Test
  void accuracyIsTheShareOfRightAnswers() {
    Tensor target = Tensor.tensor(0L, 1, 0, 1);
    assertEquals(0.75, accuracy(SCORES, target));
    assertEquals(0.75, accuracy(new Echo(), new TensorDataset(SCORES, target)));
  }

  @Test
  void confusionMatrixCountsRowsByClass() {
    Tensor matrix =
        Metrics.confusionMatrix(new Echo(), new TensorDataset(SCORES, Tensor.tensor(0L, 1, 0, 1)));
    assertArrayEquals(new long[] {2, 0, 0, 0, 1, 1, 0, 0, 0}, matrix.toLongArray());
  }

  @Test
  void predictionIsTheHighestScore() {
    var dataset = new TensorDataset(SCORES, Tensor.arange(4));
    assertArrayEquals(new long[] {0, 2, 0, 1}, Metrics.predict(new Echo(), dataset).toLongArray());
  }

  @Test
  void measuringLeavesEveryModuleInItsMode() {
    var frozen = new Echo();
    var model = new Sequential(new Echo(), frozen);
    frozen.eval();
    accuracy(model, new TensorDataset(SCORES, Tensor.arange(4)));
    assertTrue(model.isTraining());
    assertFalse(frozen.isTraining(), "was in evaluation mode before");
  }

  @Test
  void measuringNothingIsAnError() {
    var nothing = new TensorDataset(Tensor.zeros(0, 3), Tensor.arange(0));
    assertThrows(NotegradException.class, () -> accuracy(new Echo(), nothing));
  }
}
