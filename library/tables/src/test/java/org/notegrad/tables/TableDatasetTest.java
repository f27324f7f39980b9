package org.notegrad.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.data.Batch;
import org.notegrad.data.DataLoader;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableDatasetTest {
  private final Table flowers =
      Table.create(
          "flowers",
          DoubleColumn.create("length", 1.5, 2.5, 3.5),
          IntColumn.create("petals", 4, 5, 6),
          StringColumn.create("kind", "rose", "aster", "rose"),
          BooleanColumn.create("wild", true, false, true));

  @Test
  void numbersAndBooleansAreInputs() {
    var data = TableDataset.of(flowers, "kind");
    assertEquals(List.of("length", "petals", "wild"), data.features());
    assertEquals(Shape.of(3, 3), data.all().x().shape());
    assertEquals(DType.FLOAT32, data.all().x().dtype());
    assertArrayEquals(
        new float[] {1.5f, 4, 1, 2.5f, 5, 0, 3.5f, 6, 1}, data.all().x().toFloatArray());
  }

  @Test
  void textIsATargetOfClasses() {
    var data = TableDataset.of(flowers, "kind");
    assertEquals(List.of("aster", "rose"), data.labels());
    assertEquals(DType.INT64, data.all().y().dtype());
    assertEquals(Shape.of(3), data.all().y().shape());
    assertArrayEquals(new long[] {1, 0, 1}, data.all().y().toLongArray());
    assertEquals("3 rows, [length, petals, wild] -> kind: [aster, rose]", data.toString());
  }

  @Test
  void booleansAreATargetOfClasses() {
    var data = TableDataset.of(flowers, "wild", "length");
    assertEquals(List.of("false", "true"), data.labels());
    assertArrayEquals(new long[] {1, 0, 1}, data.all().y().toLongArray());
  }

  @Test
  void numbersAreATargetOfNumbers() {
    var data = TableDataset.of(flowers, "length", "petals");
    assertTrue(data.labels().isEmpty());
    assertEquals(Shape.of(3, 1), data.all().y().shape());
    assertEquals(Shape.of(3, 1), data.all().x().shape());
    assertArrayEquals(new float[] {1.5f, 2.5f, 3.5f}, data.all().y().toFloatArray());
  }

  @Test
  void aLoaderTakesBatchesOfIt() {
    List<Batch> batches = new ArrayList<>();
    new DataLoader(TableDataset.of(flowers, "kind"), 2).forEach(batches::add);
    assertEquals(2, batches.size());
    assertEquals(Shape.of(2, 3), batches.getFirst().x().shape());
    assertArrayEquals(new float[] {1.5f, 4, 1, 2.5f, 5, 0}, batches.getFirst().x().toFloatArray());
    assertArrayEquals(new long[] {1, 0}, batches.getFirst().y().toLongArray());
    assertEquals(Shape.of(1, 3), batches.getLast().x().shape());
    assertArrayEquals(new float[] {3.5f, 6, 1}, batches.getLast().x().toFloatArray());
    assertArrayEquals(new long[] {1}, batches.getLast().y().toLongArray());
  }

  @Test
  void aMissingValueIsRefusedWithItsColumnAndRow() {
    flowers.doubleColumn("length").setMissing(2);
    assertRefused("column 'length' has no value in row 2", "kind");
    var gaps =
        Table.create(
            FloatColumn.create("x", new float[] {1, 2}), StringColumn.create("y", "a", ""));
    var thrown = assertThrows(NotegradException.class, () -> TableDataset.of(gaps, "y"));
    assertTrue(
        thrown.getMessage().contains("column 'y' has no value in row 1"), thrown::getMessage);
  }

  @Test
  void textAndDatesAreNoInputs() {
    assertRefused("column 'kind' (STRING) can't be an input", "length");
    var dates = Table.create(DateColumn.create("day", new LocalDate[] {LocalDate.EPOCH}));
    var thrown = assertThrows(NotegradException.class, () -> TableDataset.of(dates, "day"));
    assertTrue(
        thrown.getMessage().contains("column 'day' (LOCAL_DATE) can't be a target"),
        thrown::getMessage);
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    assertRefused("no column 'colour' among [length, petals, kind, wild]", "colour");
  }

  private void assertRefused(String why, String target) {
    var thrown = assertThrows(NotegradException.class, () -> TableDataset.of(flowers, target));
    assertTrue(thrown.getMessage().contains(why), thrown::getMessage);
  }
}
