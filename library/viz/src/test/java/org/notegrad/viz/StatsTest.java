package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatsTest {
  @Test
  void statisticsAreOfTheFiniteValuesAndTheOthersAreCounted() {
    var stats =
        Stats.of(
            new double[] {
              1, Double.NaN, 2, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY, 0, Double.NaN
            },
            false);
    assertEquals(8, stats.count());
    assertEquals(4, stats.finite());
    assertEquals(2, stats.nans());
    assertEquals(1, stats.positiveInfinities());
    assertEquals(1, stats.negativeInfinities());
    assertEquals(1, stats.zeros());
    assertEquals(0, stats.min());
    assertEquals(3, stats.max());
    assertEquals(1.5, stats.mean());
    // The squares 2.25, 0.25, 0.25, 2.25 over n - 1 = 3.
    assertEquals(Math.sqrt(5.0 / 3), stats.std(), 1e-15);
    assertEquals(4, Arrays.stream(stats.bins()).sum());
  }

  @Test
  void thirtyTwoBinsHoldTheValuesBetweenTheirEdges() {
    // 0, 1, ..., 64: each bin is two wide, the last one holds its upper edge as well.
    var stats = Stats.of(IntStream.rangeClosed(0, 64).asDoubleStream().toArray(), false);
    var expected = new int[32];
    Arrays.fill(expected, 2);
    expected[31] = 3;
    assertArrayEquals(expected, stats.bins());
  }

  @Test
  void fewWholeNumbersGetABinEach() {
    var stats = Stats.of(new double[] {3, 5, 5, 7, 7, 7}, true);
    assertArrayEquals(new int[] {1, 0, 2, 0, 3}, stats.bins());
    assertEquals(2.5, stats.binsLow());
    assertEquals(7.5, stats.binsHigh());
  }

  @Test
  void constantsHugeValuesAndNothingFiniteAreNoTrouble() {
    assertEquals(3, Arrays.stream(Stats.of(new double[] {2, 2, 2}, false).bins()).sum());
    var huge = Stats.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}, false);
    assertEquals(0, huge.mean());
    assertEquals(2, Arrays.stream(huge.bins()).sum());
    assertEquals(1, huge.bins()[0]);
    assertEquals(1, huge.bins()[31]);
    var none = Stats.of(new double[] {Double.NaN}, false);
    assertEquals(0, none.finite());
    assertTrue(Double.isNaN(none.mean()));
  }
}
