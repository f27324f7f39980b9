package org.notegrad.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Against what {@code numpy.percentile(samples, [25, 50, 75])} defines. */
class QuartilesTest {
  private static Quartiles of(double... samples) {
    return Quartiles.of(samples);
  }

  @Test
  void anOddNumberOfSamplesHasItsMiddleOneAsMedian() {
    assertEquals(new Quartiles(1.5, 2, 2.5), of(3, 1, 2));
    assertEquals(new Quartiles(2, 3, 4), of(5, 4, 3, 2, 1));
  }

  @Test
  void anEvenNumberOfSamplesHasItsMedianBetweenTheTwoInTheMiddle() {
    assertEquals(new Quartiles(1.25, 1.5, 1.75), of(2, 1));
    assertEquals(new Quartiles(1.75, 2.5, 3.25), of(4, 1, 3, 2));
    assertEquals(new Quartiles(20.25, 37.5, 39.75), of(41, 7, 36, 15, 40, 39));
  }

  @Test
  void oneSampleIsAllOfItsQuartiles() {
    assertEquals(new Quartiles(5, 5, 5), of(5));
  }

  @Test
  void oneSlowSampleMovesNoQuartile() {
    assertEquals(of(1, 2, 3, 4, 5), of(1, 2, 3, 4, 5000));
  }

  @Test
  void samplesStayInTheirOrder() {
    double[] samples = {3, 1, 2};
    Quartiles.of(samples);
    assertArrayEquals(new double[] {3, 1, 2}, samples);
  }

  @Test
  void textHasADecimalBelowAHundredInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("5.1 ms (5.0-5.3)", new Quartiles(5.04, 5.11, 5.26).text("ms"));
      assertEquals("250 ms (99-1000)", new Quartiles(99.4, 250.2, 1000).text("ms"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
