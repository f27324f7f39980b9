package org.notegrad.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.train.History;

class HistoryTableTest {
  private final History history =
      new History()
          .add("loss", 1, 0.9)
          .add("loss", 2, 0.5)
          .add("val accuracy", 2, 0.75)
          .add("loss", 3, 0.25);

  @Test
  void eachSeriesIsAColumnOverTheSteps() {
    var table = HistoryTable.of(history);
    assertEquals("history", table.name());
    assertEquals(List.of("step", "loss", "val accuracy"), table.columnNames());
    assertArrayEquals(new double[] {1, 2, 3}, table.doubleColumn("step").asDoubleArray());
    assertArrayEquals(new double[] {0.9, 0.5, 0.25}, table.doubleColumn("loss").asDoubleArray());
  }

  @Test
  void aStepWithoutAValueIsMissing() {
    var accuracy = HistoryTable.of(history).doubleColumn("val accuracy");
    assertTrue(accuracy.isMissing(0) && accuracy.isMissing(2));
    assertEquals(0.75, accuracy.getDouble(1));
  }

  @Test
  void valuesOfTheSameStepKeepTheirRows() {
    var table = HistoryTable.of(new History().add("loss", 1, 4).add("loss", 1, 3));
    assertArrayEquals(new double[] {1, 1}, table.doubleColumn("step").asDoubleArray());
    assertArrayEquals(new double[] {4, 3}, table.doubleColumn("loss").asDoubleArray());
  }

  @Test
  void aHistoryWithNothingInItIsAnEmptyTable() {
    assertEquals(0, HistoryTable.of(new History()).rowCount());
  }
}
