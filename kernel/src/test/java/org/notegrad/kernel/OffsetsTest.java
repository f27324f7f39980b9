package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final String TEXT = "a😀b";

  @Test
  void aCharacterOutsideTheBasicPlaneIsOneCodePointAndTwoUnits() {
    assertEquals(1, Offsets.toUtf16(TEXT, 1));
    assertEquals(3, Offsets.toUtf16(TEXT, 2));
    assertEquals(4, Offsets.toUtf16(TEXT, 3));
    assertEquals(2, Offsets.toCodePoints(TEXT, 3));
    assertEquals(3, Offsets.toCodePoints(TEXT, 4));
  }

  @Test
  void positionsOutsideTheTextAreItsEnds() {
    assertEquals(4, Offsets.toUtf16(TEXT, 99));
    assertEquals(0, Offsets.toUtf16(TEXT, -1));
    assertEquals(3, Offsets.toCodePoints(TEXT, 99));
  }
}
