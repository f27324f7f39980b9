package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.notegrad.nn.Linear;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.optim.Adam;

/** What is recorded, when it may be walked, and what a walk leaves behind. */
class AutogradTest {
  private static Tensor leaf(double... values) {
    return tensor(values).requiresGrad(true);
  }

  private static void assertMessage(String expected, NotegradException error) {
    assertEquals(expected, error.getMessage());
  }

  // ---- the walk -------------------------------------------------------------------------------

  @Test
  void chainOfHundredThousandOperationsGoesForwardAndBack() {
    Tensor x = scalar(DType.FLOAT64, 1).requiresGrad(true);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = i % 2 == 0 ? y.add(1e-3) : y.mul(1.0);
    }
    y.backward();
    assertEquals(1, x.grad().item());
    assertEquals(51, y.item(), 1e-9);
  }

  @Test
  void longChainHasASecondDerivative() {
    Tensor x = leaf(2);
    Tensor y = x.square();
    for (int i = 0; i < 20_000; i++) {
      y = y.neg();
    }
    Tensor first = Autograd.grad(Graph.CREATE, y.sum(), x)[0];
    assertEquals(4, first.item());
    assertEquals(2, Autograd.grad(first.sum(), x)[0].item());
  }

  @Test
  void gradientsOfAllUsesAreAdded() {
    Tensor x = leaf(3);
    Tensor y = x.mul(x).add(x).add(x.mul(2.0));
    y.sum().backward();
    assertEquals(2 * 3 + 1 + 2, x.grad().item());
  }

  @Test
  void diamondOfManyPathsIsWalkedOnce() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 60; i++) {
      y = y.add(y); // 2^60 paths
    }
    y.sum().backward();
    assertEquals(0x1p60, x.grad().item());
  }

  @Test
  void backwardAddsToWhatIsThere() {
    Tensor x = leaf(1, 2);
    x.sum().backward();
    x.square().sum().backward();
    assertArrayEquals(new double[] {3, 5}, x.grad().toDoubleArray());
  }

  @Test
  void gradLeavesGradAlone() {
    Tensor x = leaf(2);
    Tensor w = leaf(5);
    Tensor[] gradients = Autograd.grad(x.mul(w).sum(), x, w);
    assertEquals(5, gradients[0].item());
    assertEquals(2, gradients[1].item());
    assertNull(x.grad());
    assertNull(w.grad());
  }

  @Test
  void gradOfAnIntermediateTensorIsItsOwn() {
    Tensor x = leaf(2);
    Tensor h = x.square();
    Tensor y = h.mul(h).sum();
    Tensor[] gradients = Autograd.grad(Graph.RETAIN, y, h, x);
    assertEquals(8, gradients[0].item());
    assertEquals(32, gradients[1].item());
    assertEquals(8, Autograd.grad(y, h)[0].item());
    assertEquals(4, Autograd.grad(h.sum(), x)[0].item(), "what lies behind h was not freed");
  }

  @Test
  void gradOfTheOutputItselfIsOne() {
    Tensor y = leaf(2).square().sum();
    assertEquals(1, Autograd.grad(y, y)[0].item());
  }

  @Test
  void gradRefusesWhatTheOutputDoesNotDependOn() {
    Tensor x = leaf(2);
    Tensor other = leaf(3);
    assertMessage(
        "grad: the output does not depend on input 1",
        assertThrows(NotegradException.class, () -> Autograd.grad(x.square().sum(), x, other)));
    assertMessage(
        "grad: input 0 does not require a gradient",
        assertThrows(NotegradException.class, () -> Autograd.grad(x.square().sum(), tensor(1.0))));
  }

  @Test
  void vjpTakesTheOutputsGradient() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] gradients = Autograd.vjp(Graph.FREE, x.square(), tensor(1.0, 0, -1), x);
    assertArrayEquals(new double[] {2, 0, -6}, gradients[0].toDoubleArray());
  }

  @Test
  void onlyScalarsHaveAGradientOfTheirOwn() {
    Tensor x = leaf(1, 2);
    var error = assertThrows(ShapeException.class, () -> x.square().backward());
    assertTrue(error.getMessage().startsWith("backward: (2,): only a scalar"), error.getMessage());
    assertThrows(NotegradException.class, () -> tensor(1.0).sum().backward());
    assertThrows(ShapeException.class, () -> x.square().backward(Graph.FREE, ones(3)));
    assertMessage(
        "backward: a gradient of float64 for an output of float32",
        assertThrows(
            NotegradException.class,
            () -> x.square().backward(Graph.FREE, ones(DType.FLOAT64, 2))));
    assertNull(x.grad());
  }

  // ---- what becomes of the graph --------------------------------------------------------------

  @Test
  void secondWalkOfAFreedGraphIsAnError() {
    Tensor x = leaf(2);
    Tensor y = x.square().sum();
    y.backward();
    var error = assertThrows(NotegradException.class, y::backward);
    assertTrue(error.getMessage().contains("square"), error.getMessage());
    assertTrue(error.getMessage().contains("Graph.RETAIN"), error.getMessage());
  }

  @Test
  void retainedGraphIsWalkedTwice() {
    Tensor x = leaf(2);
    Tensor y = x.square().sum();
    y.backward(Graph.RETAIN);
    y.backward();
    assertEquals(8, x.grad().item());
  }

  @Test
  void createdGradientsHaveGradients() {
    Tensor x = leaf(2);
    x.pow(3.0).sum().backward(Graph.CREATE);
    Tensor first = x.grad();
    assertTrue(first.requiresGrad());
    assertEquals(12, first.item());
    x.setGrad(null);
    first.sum().backward();
    assertEquals(12, x.grad().item());
    assertFalse(x.grad().requiresGrad());
  }

  @Test
  void gradientsAreNoPartOfAGraphUnlessAskedFor() {
    Tensor x = leaf(2);
    assertFalse(Autograd.grad(x.pow(3.0).sum(), x)[0].requiresGrad());
  }

  @Test
  void savedTensorsAreReleasedAsTheWalkGoes() {
    Tensor x = ones(1000).requiresGrad(true);
    List<WeakReference<Tensor>> intermediates = new ArrayList<>();
    Tensor loss = recorded(x, intermediates);
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() != null), "saved until the walk");
    loss.backward();
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() == null), "dropped by the walk");
    assertEquals(1000, loss.item(), "the loss, and with it the graph's nodes, are still there");
  }

  private static Tensor recorded(Tensor x, List<WeakReference<Tensor>> intermediates) {
    Tensor y = x;
    for (int i = 0; i < 20; i++) {
      y = y.square();
      intermediates.add(new WeakReference<>(y));
    }
    intermediates.removeLast(); // sum keeps no tensor, so nothing but square holds its input
    return y.sum();
  }

  @Test
  void operationsThatNeedNothingKeepNothing() {
    Tensor x = ones(1000).requiresGrad(true);
    List<WeakReference<Tensor>> intermediates = new ArrayList<>();
    Tensor y = x;
    for (int i = 0; i < 5; i++) {
      y = y.neg().add(1.0).reshape(10, 100).t().sub(2.0).flatten();
      intermediates.add(new WeakReference<>(y));
    }
    y = y.sum();
    collectGarbage();
    assertTrue(intermediates.stream().allMatch(ref -> ref.get() == null));
    y.backward();
    assertEquals(-1, x.grad().get(0).item());
  }

  private static void collectGarbage() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
  }

  // ---- recording ------------------------------------------------------------------------------

  @Test
  void nothingIsRecordedInsideNoGrad() {
    Tensor x = leaf(2);
    Tensor y = noGrad(() -> x.square());
    assertFalse(y.requiresGrad());
    assertNull(y.gradFn());
    assertTrue(Autograd.isEnabled());
    noGrad(() -> assertTrue(Autograd.enableGrad(() -> x.square()).requiresGrad()));
  }

  @Test
  void gradModeComesBackAfterAnException() {
    assertThrows(
        IllegalStateException.class,
        () ->
            noGrad(() -> {
              throw new IllegalStateException();
            }));
    assertTrue(Autograd.isEnabled());
  }

  @Test
  void gradModeBelongsToAThread() throws Exception {
    noGrad(() -> assertTrue(inAnotherThread(Autograd::isEnabled)));
  }

  @Test
  void detachedTensorSharesElementsButNotHistory() {
    Tensor x = leaf(2);
    Tensor y = x.square();
    Tensor z = y.detach();
    assertFalse(z.requiresGrad());
    assertSame(y.storage(), z.storage());
    y.mul(z).sum().backward();
    assertEquals(4 * 4, x.grad().item());
  }

  @Test
  void detachedLeafIsATensorOfItsOwn() {
    Tensor x = tensor(2.0);
    Tensor y = x.detach();
    assertNotSame(x, y);
    y.requiresGrad(true);
    assertFalse(x.requiresGrad());
  }

  @Test
  void onlyRealTensorsTakeGradients() {
    Tensor x = leaf(1.5, -2.5);
    assertThrows(NotegradException.class, () -> tensor(1L, 2).requiresGrad(true));
    assertFalse(x.to(DType.INT64).requiresGrad());
    assertFalse(x.to(DType.BOOL).requiresGrad());
    assertFalse(x.gt(0).requiresGrad());
    assertFalse(x.argmax(0).requiresGrad());
  }

  @Test
  void resultOfAnOperationIsNoLeaf() {
    Tensor y = leaf(1).square();
    assertFalse(y.isLeaf());
    var error = assertThrows(NotegradException.class, () -> y.requiresGrad(false));
    assertTrue(error.getMessage().contains("square"), error.getMessage());
  }

  @Test
  void conversionsCarryGradientsBackInTheInputsType() {
    Tensor x = leaf(2);
    x.to(DType.FLOAT64).square().sum().backward();
    assertEquals(DType.FLOAT32, x.grad().dtype());
    Tensor mixed = x.detach().requiresGrad(true);
    mixed.mul(tensor(3.0).to(DType.FLOAT64)).sum().backward();
    assertEquals(DType.FLOAT32, mixed.grad().dtype());
    assertEquals(3, mixed.grad().item());
  }

  @Test
  void frozenInputsGetNoGradient() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    x.mul(w).sum().backward();
    assertEquals(3, x.grad().item());
    assertNull(w.grad());
  }

  // ---- in place -------------------------------------------------------------------------------

  @Test
  void changeOfASavedTensorIsNoticed() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    Tensor y = x.mul(w).sum();
    w.addInPlace(1.0);
    assertMessage(
        "backward: a tensor of shape (1,) that mul saved for its gradient was changed in place: it"
            + " is at version 1, 0 expected",
        assertThrows(NotegradException.class, y::backward));
  }

  @Test
  void changeThroughAViewIsNoticed() {
    Tensor x = leaf(2, 2);
    Tensor w = tensor(3.0, 4);
    Tensor view = w.narrow(0, 0, 1);
    assertEquals(w.version(), view.version());
    Tensor y = x.mul(w).sum();
    view.fillInPlace(0);
    assertEquals(w.version(), view.version());
    assertThrows(NotegradException.class, y::backward);
  }

  @Test
  void changeOfWhatWasNotSavedDoesNoHarm() {
    Tensor x = leaf(2);
    Tensor w = tensor(3.0);
    Tensor y = x.add(w).sum();
    w.fillInPlace(0);
    y.backward();
    assertEquals(1, x.grad().item());
  }

  @Test
  void optimizerStepBetweenForwardAndBackwardIsNoticed() {
    Tensor w = leaf(2);
    Tensor y = w.square().sum();
    var adam = new Adam(List.of(w), 0.1);
    y.backward(Graph.RETAIN);
    adam.step();
    assertThrows(NotegradException.class, y::backward);
  }

  @Test
  void parametersAreWrittenOnlyWithoutRecording() {
    Tensor w = leaf(2);
    var error = assertThrows(NotegradException.class, () -> w.addInPlace(1.0));
    assertTrue(error.getMessage().startsWith("addInPlace: "), error.getMessage());
    assertTrue(error.getMessage().contains("noGrad"), error.getMessage());
    assertThrows(NotegradException.class, () -> tensor(1.0).copyInPlace(w));
    assertEquals(2, w.item());
    noGrad(() -> w.addInPlace(1.0));
    assertEquals(3, w.item());
  }

  @Test
  void writingFromAnOverlappingViewReadsFirst() {
    Tensor x = fromArray(new double[] {1, 2, 3, 4}, 2, 2);
    x.addInPlace(x.t());
    assertArrayEquals(new double[] {2, 5, 5, 8}, x.toDoubleArray());
    Tensor y = Tensor.arange(6);
    y.narrow(0, 1, 5).copyInPlace(y.narrow(0, 0, 5));
    assertArrayEquals(new long[] {0, 0, 1, 2, 3, 4}, y.toLongArray());
    Tensor z = tensor(2.0, 3, 4);
    z.mulInPlace(z.narrow(0, 0, 1));
    assertArrayEquals(new double[] {4, 6, 8}, z.toDoubleArray());
  }

  @Test
  void gradientsOfTwoLeavesAreNeverOneTensor() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    a.add(b).sum().backward();
    a.grad().fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, b.grad().toDoubleArray());

    Tensor c = leaf(1, 2);
    Tensor given = ones(2);
    c.reshape(2, 1).flatten().backward(Graph.FREE, given);
    c.grad().fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, given.toDoubleArray());

    Tensor d = leaf(1, 2);
    Tensor e = leaf(5, 6);
    Functional.cat(0, d, e).mul(2.0).sum().backward();
    d.grad().fillInPlace(7);
    assertArrayEquals(new double[] {2, 2}, e.grad().toDoubleArray());
  }

  @Test
  void accumulationDoesNotChangeWhatWasReadBefore() {
    Tensor x = leaf(1);
    x.sum().backward();
    Tensor before = x.grad();
    x.sum().backward();
    assertEquals(1, before.item());
    assertEquals(2, x.grad().item());
  }

  @Test
  void gradientsAreContiguous() {
    Tensor w = Tensor.zeros(3, 2).requiresGrad(true);
    ones(4, 2).matmul(w.t()).sum().backward();
    assertTrue(w.grad().isContiguous());
    Tensor s = scalar(2).requiresGrad(true);
    s.expand(3, 3).sum().backward();
    assertEquals(9, s.grad().item());
  }

  @Test
  void gradientOfAnotherShapeOrTypeIsRefused() {
    Tensor x = leaf(1, 2);
    assertThrows(ShapeException.class, () -> x.setGrad(ones(3)));
    assertThrows(NotegradException.class, () -> x.setGrad(ones(DType.FLOAT64, 2)));
    assertNull(x.grad());
  }

  // ---- threads --------------------------------------------------------------------------------

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
    return random.fill(
        new org.notegrad.backend.Distribution.Normal(), Tensor.zeros(shape.toArray()));
  }

  private static <T> T inAnotherThread(Callable<T> task) {
    try (var pool = Executors.newSingleThreadExecutor()) {
      return pool.submit(task).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
