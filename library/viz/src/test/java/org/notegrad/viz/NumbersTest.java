package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void fourDigitsAreKeptAndNoZerosBehindThem() {
    assertEquals("0", Numbers.of(-0.0));
    assertEquals("0.1235", Numbers.of(0.123456));
    assertEquals("-12.35", Numbers.of(-12.3456));
    assertEquals("123500", Numbers.of(123456));
    assertEquals("1.235e6", Numbers.of(1234567));
    assertEquals("1e-5", Numbers.of(0.00001));
    assertEquals("0.0001", Numbers.of(0.0001));
    assertEquals("nan", Numbers.of(Double.NaN));
    assertEquals("-inf", Numbers.of(Double.NEGATIVE_INFINITY));
    assertEquals("4.94e-324", Numbers.significant(Double.MIN_VALUE, 3));
  }

  @Test
  void countsAreGroupedAndLargeOnesShortened() {
    assertEquals("1,234,567", Numbers.count(1_234_567));
    assertEquals("98,304", Numbers.shortCount(98_304));
    assertEquals("1.18 M", Numbers.shortCount(1_180_000));
    assertEquals("303 k", Numbers.shortCount(303_104));
  }

  @Test
  void bytesAreInBinaryUnits() {
    assertEquals("784 B", Numbers.bytes(784));
    assertEquals("1023 B", Numbers.bytes(1023));
    assertEquals("37.5 KiB", Numbers.bytes(38_440));
    assertEquals("1.5 MiB", Numbers.bytes(1.5 * 1024 * 1024));
  }

  @Test
  void aShareIsNeverRoundedToAllOrNothing() {
    assertEquals("0%", Numbers.percent(0));
    assertEquals("<1%", Numbers.percent(0.001));
    assertEquals("50%", Numbers.percent(0.5));
    assertEquals(">99%", Numbers.percent(0.9999));
    assertEquals("100%", Numbers.percent(1));
  }

  @Test
  void durationsAreReadAtAGlance() {
    assertEquals("0.4 s", Numbers.duration(0.41));
    assertEquals("10 s", Numbers.duration(9.96));
    assertEquals("59 s", Numbers.duration(59.4));
    assertEquals("1:00", Numbers.duration(59.6));
    assertEquals("3:05", Numbers.duration(185));
    assertEquals("1:02:03", Numbers.duration(3723));
  }
}
