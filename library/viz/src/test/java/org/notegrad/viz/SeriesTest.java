package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.notegrad.viz.Series.Goal;
import org.notegrad.viz.Series.Points;

class SeriesTest {
  private static Points points(double... values) {
    var series = new Series();
    for (int i = 0; i < values.length; i++) {
      series.add(i, values[i]);
    }
    return series.soFar();
  }

  @Test
  void whatWasReadStaysWhileMoreIsAdded() {
    var series = new Series();
    series.add(1, 10);
    var early = series.soFar();
    for (int i = 0; i < 1000; i++) {
      series.add(i, i);
    }
    assertEquals(1, early.size());
    assertEquals(10, early.last());
  }

  @Test
  void theAverageOfAConstantIsTheConstantFromItsStart() {
    var smooth = points(4, 4, 4, 4).smoothed(3);
    assertArrayEquals(
        new double[] {4, 4, 4, 4}, Arrays.copyOf(smooth.values(), smooth.size()), 1e-12);
  }

  @Test
  void theAverageFollowsItsDefinition() {
    // Span 3 is a decay of 1/2: (1/2 * 8) / (1/2) = 8, then (1/4 * 8 + 1/2 * 2) / (3/4) = 4.
    var smooth = points(8, 2).smoothed(3);
    assertEquals(8, smooth.values()[0], 1e-12);
    assertEquals(4, smooth.values()[1], 1e-12);
  }

  @Test
  void theBestIsTheFirstOfEqualsAndFinite() {
    var points = points(Double.NaN, 3, 1, Double.NEGATIVE_INFINITY, 1, 5);
    assertEquals(2, points.best(Goal.LOW));
    assertEquals(5, points.best(Goal.HIGH));
    assertEquals(-1, points.best(Goal.NONE));
    assertEquals(-1, points(Double.NaN).best(Goal.LOW));
  }

  @Test
  void thinningKeepsTheSpikes() {
    var values = new double[100_000];
    values[77_777] = 9;
    values[12_345] = -9;
    var thin = points(values).extremes(100);
    assertTrue(thin.size() <= 200);
    var kept = Arrays.copyOf(thin.values(), thin.size());
    assertEquals(9, Arrays.stream(kept).max().orElseThrow());
    assertEquals(-9, Arrays.stream(kept).min().orElseThrow());
    var steps = Arrays.copyOf(thin.steps(), thin.size());
    var sorted = steps.clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, steps);
  }
}
