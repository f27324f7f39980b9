package org.notegrad.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.NotegradException;

class HistoryTest {
  @Test
  void seriesKeepTheirValuesAndTheOrderOfTheirFirstOnes() {
    var history = new History();
    for (int i = 0; i < 100; i++) {
      history.add("loss", i, 1.0 / (i + 1));
    }
    history.add("accuracy", 100, 0.5).add("loss", 100, -1);
    assertEquals(List.of("loss", "accuracy"), history.names());
    assertEquals(101, history.values("loss").length);
    assertEquals(0.25, history.values("loss")[3]);
    assertEquals(-1, history.last("loss"));
    assertArrayEquals(new double[] {100}, history.steps("accuracy"));
    assertEquals(
        "loss: 101 values, last -1.000; accuracy: 1 values, last 0.5000", history.toString());
  }

  @Test
  void whatIsHandedOutCannotChangeTheHistory() {
    var history = new History().add("loss", 1, 2);
    history.values("loss")[0] = 99;
    assertEquals(2, history.last("loss"));
  }

  @Test
  void anUnknownSeriesIsNamedWithTheKnownOnes() {
    var history = new History().add("loss", 1, 2);
    var e = assertThrows(NotegradException.class, () -> history.values("acc"));
    assertTrue(e.getMessage().contains("'acc' among [loss]"), e.getMessage());
  }
}
