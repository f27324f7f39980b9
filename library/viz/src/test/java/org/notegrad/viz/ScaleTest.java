package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @Test
  void valuesAreMappedOntoPixels() {
    var linear = Scale.linear(10, 20, 100, 0);
    assertEquals(100, linear.at(10));
    assertEquals(50, linear.at(15));
    var log = Scale.logarithmic(0.01, 100, 0, 40);
    assertEquals(20, log.at(1), 1e-9);
    assertEquals(30, log.at(10), 1e-9);
  }

  @Test
  void ticksAreRoundNumbers() {
    assertEquals(List.of(0.0, 5.0, 10.0, 15.0, 20.0), Scale.linear(0, 20, 0, 1).ticks(6));
    assertEquals(List.of(0.1, 1.0, 10.0), Scale.logarithmic(0.05, 40, 0, 1).ticks(3));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-3e-9, 7e-9", "0.6, 0.97", "0, 0.95", "1e6, 1.1e6", "5, 5", "0, 0"})
  void anyRangeHasAFewTicksWithinIt(double low, double high) {
    var scale = Scale.linear(low, high, 0, 100);
    var ticks = scale.ticks(4);
    assertTrue(ticks.size() >= 3 && ticks.size() <= 11, ticks::toString);
    ticks.forEach(tick -> assertTrue(scale.at(tick) >= -1e-6 && scale.at(tick) <= 100 + 1e-6));
  }
}
