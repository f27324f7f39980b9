package org.notegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;

/** Data sets, their batches, and the digits. */
class DataTest {
  private static TensorDataset numbers(int n) {
    return new TensorDataset(Tensor.arange(n).to(DType.FLOAT32).reshape(n, 1), Tensor.arange(n));
  }

  private static List<Long> epoch(DataLoader loader) {
    List<Long> seen = new ArrayList<>();
    for (Batch batch : loader) {
      for (long label : batch.y().toLongArray()) {
        seen.add(label);
      }
      assertArrayEquals(
          batch.y().toDoubleArray(), batch.x().flatten().toDoubleArray(), "x goes with its y");
    }
    return seen;
  }

  @Test
  void everyExampleComesOnceInEachEpoch() {
    for (int n : new int[] {1, 9, 10, 11, 100}) {
      var loader = new DataLoader(numbers(n), 10).shuffled(1);
      for (int epoch = 0; epoch < 3; epoch++) {
        List<Long> seen = epoch(loader);
        assertEquals(n, seen.size());
        assertEquals(n, new HashSet<>(seen).size());
      }
    }
  }

  @Test
  void sameSeedGivesTheSameOrdersAndEpochsDiffer() {
    var first = new DataLoader(numbers(50), 7).shuffled(4);
    var second = new DataLoader(numbers(50), 7).shuffled(4);
    List<Long> one = epoch(first);
    List<Long> two = epoch(first);
    assertEquals(one, epoch(second));
    assertEquals(two, epoch(second));
    assertFalse(one.equals(two));
    assertFalse(one.equals(epoch(new DataLoader(numbers(50), 7).shuffled(5))));
  }

  @Test
  void withoutShuffleExamplesComeInOrder() {
    List<Long> seen = epoch(new DataLoader(numbers(23), 5));
    assertEquals(java.util.stream.LongStream.range(0, 23).boxed().toList(), seen);
  }

  @Test
  void lastBatchMayBeSmaller() {
    var loader = new DataLoader(numbers(23), 5);
    assertEquals(5, loader.size());
    List<Integer> sizes = new ArrayList<>();
    loader.forEach(batch -> sizes.add(batch.size()));
    assertEquals(List.of(5, 5, 5, 5, 3), sizes);
    assertThrows(NotegradException.class, () -> new DataLoader(numbers(3), 0));
  }

  @Test
  void epochEnds() {
    var batches = new DataLoader(numbers(1), 5).iterator();
    batches.next();
    assertFalse(batches.hasNext());
    assertThrows(NoSuchElementException.class, batches::next);
  }

  @Test
  void emptyDatasetHasNoBatches() {
    assertFalse(new DataLoader(numbers(0), 5).iterator().hasNext());
  }

  @Test
  void dataSetsAndLoadersTellWhatTheyHold() {
    var five = numbers(5);
    assertEquals("TensorDataset(x float32 (5, 1), y int64 (5,))", five.toString());
    var loader = new DataLoader(five, 2);
    assertEquals("DataLoader(5 examples in batches of 2)", loader.toString());
    assertEquals("DataLoader(5 examples in batches of 2, shuffled)", loader.shuffled(1).toString());
  }

  @Test
  void interruptedThreadGetsNoFurtherBatch() {
    var batches = new DataLoader(numbers(10), 5).iterator();
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, batches::next);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void datasetNeedsAsManyInputsAsTargets() {
    assertThrows(
        NotegradException.class, () -> new TensorDataset(Tensor.zeros(3, 2), Tensor.zeros(2)));
  }

  @Test
  void shufflingGivesAnotherLoaderAndLeavesThisOneInOrder() {
    var loader = new DataLoader(numbers(23), 5);
    var shuffled = loader.shuffled(1);
    List<Long> inOrder = epoch(loader);
    assertEquals(java.util.stream.LongStream.range(0, 23).boxed().toList(), inOrder);
    assertFalse(inOrder.equals(epoch(shuffled)));
  }

  /** A data set that says and gives what it is told. */
  private record Told(int size, Batch batch) implements Dataset {
    @Override
    public Batch get(Tensor indices) {
      return batch;
    }
  }

  @Test
  void dataSetsThatAreNoneAreNamed() {
    says("DataLoader: the data set is null", () -> new DataLoader(null, 2));
    says("DataLoader: batch size 0; at least 1 expected", () -> new DataLoader(numbers(3), 0));
    var negative = new DataLoader(new Told(-3, null), 2);
    String size = "DataLoader: the data set says that it has -3 examples; 0 or more expected";
    says(size, negative::size);
    says(size, negative::iterator);
    says(size, negative::toString);
    var nothing = new DataLoader(new Told(3, null), 2).iterator();
    says("DataLoader: the data set gave null for 2 examples", nothing::next);
    var all = new DataLoader(new Told(3, numbers(3).all()), 2).iterator();
    says(
        "DataLoader: (3, 1): 2 examples were asked for, which the first dimension counts",
        all::next);
    says("Batch: the targets are null", () -> new Batch(Tensor.zeros(1), null));
    says("TensorDataset: the inputs are null", () -> new TensorDataset(null, Tensor.zeros(1)));
  }

  private static void says(String message, org.junit.jupiter.api.function.Executable code) {
    assertEquals(message, assertThrows(NotegradException.class, code).getMessage());
  }

  // ---- the digits -----------------------------------------------------------------------------

  private static final Digits DIGITS = Digits.load();

  @Test
  void digitsAreAllThereAndSplitFourToOne() {
    assertEquals(1797, DIGITS.train().size() + DIGITS.test().size());
    assertEquals(360, DIGITS.test().size(), 5);
    assertEquals(Shape.of(DIGITS.train().size(), 64), DIGITS.train().all().x().shape());
    assertEquals(DType.FLOAT32, DIGITS.train().all().x().dtype());
    assertEquals(DType.INT64, DIGITS.train().all().y().dtype());
  }

  @Test
  void eachDigitIsSplitFourToOne() {
    int[] train = counts(DIGITS.train());
    int[] test = counts(DIGITS.test());
    // the counts of the ten classes that scikit-learn's documentation of the data set gives
    int[] all = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
    for (int digit = 0; digit < 10; digit++) {
      assertEquals(all[digit], train[digit] + test[digit], "of " + digit);
      assertEquals(all[digit] / 5.0, test[digit], 0.6, "held out of " + digit);
    }
  }

  private static int[] counts(Dataset digits) {
    int[] counts = new int[10];
    for (long label : digits.all().y().toLongArray()) {
      counts[(int) label]++;
    }
    return counts;
  }

  @Test
  void noPictureIsInBothParts() {
    Set<String> train = pictures(DIGITS.train());
    Set<String> test = pictures(DIGITS.test());
    assertEquals(1797, train.size() + test.size(), "all pictures differ");
    train.retainAll(test);
    assertTrue(train.isEmpty());
  }

  private static Set<String> pictures(Dataset digits) {
    Set<String> pictures = new HashSet<>();
    float[] pixels = digits.all().x().toFloatArray();
    for (int i = 0; i < pixels.length; i += 64) {
      pictures.add(Arrays.toString(Arrays.copyOfRange(pixels, i, i + 64)));
    }
    return pictures;
  }

  @Test
  void pixelsAreSixteenthsFromZeroToOne() {
    Tensor pixels = DIGITS.train().all().x();
    assertEquals(0, pixels.min().item());
    assertEquals(1, pixels.max().item());
    Tensor sixteenths = pixels.mul(16.0);
    assertTrue(sixteenths.eq(sixteenths.round()).all());
  }

  /** The file begins with a 0, drawn as below; both parts keep the file's order. */
  @Test
  void firstPictureIsAZero() {
    double[] topRows = {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0};
    Dataset part =
        Arrays.equals(topRows, firstRows(DIGITS.train())) ? DIGITS.train() : DIGITS.test();
    assertArrayEquals(topRows, firstRows(part));
    assertEquals(0, part.all().y().get(0).itemLong());
  }

  private static double[] firstRows(Dataset digits) {
    return digits.all().x().get(0).narrow(0, 0, 16).mul(16.0).toDoubleArray();
  }

  @Test
  void digitsAreTheSameEachTime() {
    assertArrayEquals(
        DIGITS.test().all().x().toFloatArray(), Digits.load().test().all().x().toFloatArray());
  }
}
