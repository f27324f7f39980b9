package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.notegrad.kernel.magic.Timing.Steady;

class StopwatchTest {
  private static Timing timing(List<Double> samples) {
    return new Timing(samples, 1, List.of(1.0), 0, Steady.YES, 0);
  }

  @Test
  void quantilesAreThoseOfTheSortedSamples() {
    var timing = timing(List.of(4.0, 1.0, 3.0, 2.0, 5.0));
    assertEquals(3.0, timing.median());
    assertEquals(2.0, timing.quantile(0.25));
    assertEquals(4.0, timing.quantile(0.75));
    assertEquals(1.5, timing(List.of(1.0, 2.0)).median());
  }

  @Test
  void samplesThatChangeHalfWayDrift() {
    var late = new ArrayList<>(Collections.nCopies(10, 1000.0));
    late.addAll(Collections.nCopies(10, 0.3));
    assertTrue(timing(late).drifts());
    assertFalse(timing(Collections.nCopies(20, 7.0)).drifts());
    assertFalse(timing(List.of(7.0)).drifts());
  }

  @Test
  void everyRunIsMadeAndCounted() throws Throwable {
    var runs = new AtomicLong();
    var timing = new Stopwatch(runs::addAndGet, 1000, 5).measure();
    assertEquals(1000, timing.runsPerSample());
    assertEquals(5, timing.nanosPerRun().size());
    assertTrue(runs.get() >= 1000 * (5 + timing.warmUp().size()));
  }

  @Test
  void whatTheCodeThrowsComesOut() {
    var watch = new Stopwatch(times -> Integer.parseInt("x"), 0, 0);
    assertThrows(NumberFormatException.class, watch::measure);
  }

  @Test
  void timesAndSizesHaveThreeDigits() {
    assertEquals("0.34 ns", Units.time(0.341));
    assertEquals("12.3 \u00b5s", Units.time(12_345));
    assertEquals("999 ms", Units.time(999_400_000));
    assertEquals("1.00 s", Units.time(999_600_000));
    assertEquals("2 min 5 s", Units.time(125e9));
    assertEquals("512 B", Units.bytes(512));
    assertEquals("1.50 MiB", Units.bytes(1.5 * 1024 * 1024));
  }
}
