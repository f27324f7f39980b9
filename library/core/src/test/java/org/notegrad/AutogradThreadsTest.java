package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Functional.crossEntropy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.notegrad.backend.Distribution;
import org.notegrad.nn.Linear;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.optim.Adam;

/** Graphs and models in several threads at once. */
class AutogradThreadsTest {
  @Test
  void gradModeBelongsToAThread() throws Exception {
    noGrad(() -> assertTrue(inAnotherThread(Autograd::isEnabled)));
  }

  @Test
  void graphOfOneThreadIsWalkedInAnother() {
    Tensor x = leaf(3);
    Tensor y = inAnotherThread(() -> x.square().sum());
    y.backward();
    assertEquals(6, x.grad().item());
  }

  @Test
  void walksInSeveralThreadsAddToOneLeaf() throws Exception {
    Tensor w = leaf(1);
    Callable<Void> walks =
        () -> {
          for (int i = 0; i < 500; i++) {
            w.mul(2.0).sum().backward();
          }
          return null;
        };
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (Future<Void> done : pool.invokeAll(List.of(walks, walks))) {
        done.get();
      }
    }
    assertEquals(2000, w.grad().item());
  }

  @Test
  void modelsTrainingAtOnceGetTheBitsThatTheyGetAlone() throws Exception {
    float[] alone = trained(1);
    float[] other = trained(2);
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 3; round++) {
        Future<float[]> first = pool.submit(() -> trained(1));
        Future<float[]> second = pool.submit(() -> trained(2));
        assertArrayEquals(alone, first.get());
        assertArrayEquals(other, second.get());
      }
    }
  }

  @Test
  void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
    int before = Notegrad.threads();
    try {
      Notegrad.setThreads(1);
      float[] one = trained(1);
      Notegrad.setThreads(2);
      assertArrayEquals(one, trained(1));
      Notegrad.setThreads(5);
      assertArrayEquals(one, trained(1));
    } finally {
      Notegrad.setThreads(before);
    }
  }

  /** The weights after a few steps on numbers that depend on the seed alone. */
  private static float[] trained(long seed) {
    var random = new Generator(seed);
    var model = new Sequential(new Linear(40, 300), new ReLU(), new Linear(300, 7));
    for (Tensor parameter : model.parameters()) {
      noGrad(() -> parameter.copyInPlace(normal(random, parameter.shape()).mul(0.1)));
    }
    var adam = new Adam(model.parameters(), 1e-2);
    Tensor x = normal(random, Shape.of(200, 40));
    Tensor y = x.narrow(1, 0, 7).argmax(1);
    for (int step = 0; step < 5; step++) {
      adam.zeroGrad();
      crossEntropy(model.forward(x), y).backward();
      adam.step();
    }
    return model.parameters().getFirst().toFloatArray();
  }

  private static Tensor normal(Generator random, Shape shape) {
    return random.fill(new Distribution.Normal(), Tensor.zeros(shape.toArray()));
  }

  private static <T> T inAnotherThread(Callable<T> task) {
    try (var pool = Executors.newSingleThreadExecutor()) {
      return pool.submit(task).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
