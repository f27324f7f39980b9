package org.notegrad.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.train.Metrics.accuracy;

import org.junit.jupiter.api.Test;
import org.notegrad.Notegrad;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Digits;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Linear;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.optim.Adam;

/** Training a model on real data, and measuring it. */
class TrainingTest {
  private static final Digits DIGITS = Digits.load();

  /** The README's example. */
  private static Layer trained(int epochs) {
    var train = new DataLoader(DIGITS.train(), 64).shuffled(42);
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
}
