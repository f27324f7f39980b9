package org.notegrad.kernel.values;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.notegrad.viz.View;

/** Arrays of one and two dimensions. */
final class ArrayViews {
  private static final int LINE = 16;
  private static final int PER_ROW = 10;
  private static final int MOST_ROWS = 20;
  private static final int MOST_COLUMNS = 14;
  private static final int MOST_FOR_STATISTICS = 4_000_000;

  private ArrayViews() {}

  /** The view of an array; null if its text says all. */
  static View of(Object array) {
    int length = Array.getLength(array);
    if (length == 0) {
      return null;
    }
    if (array instanceof Object[] rows) {
      boolean nested = rows.getClass().getComponentType().isArray();
      return nested ? matrix(rows) : Tables.ofArray(rows);
    }
    return length <= LINE ? null : vector(array, length);
  }

  private static View vector(Object array, int length) {
    Iterable<Object> elements =
        () -> IntStream.range(0, length).mapToObj(i -> Array.get(array, i)).iterator();
    String type = array.getClass().getComponentType().getName();
    String caption = "%s[%d]%s".formatted(type, length, statistics(array, length));
    return new Told(ValueText.of(array), tenInARow(caption, elements, length));
  }

  /** The first elements of many, in rows that start with an index. */
  static Grid tenInARow(String caption, Iterable<?> elements, int count) {
    int shown = Math.min(count, PER_ROW * MOST_ROWS);
    var header = new ArrayList<String>();
    header.add("");
    IntStream.range(0, PER_ROW).mapToObj(String::valueOf).forEach(header::add);
    var rows = new ArrayList<List<String>>();
    var left = elements.iterator();
    for (int first = 0; first < shown; first += PER_ROW) {
      var row = new ArrayList<String>();
      row.add(String.valueOf(first));
      for (int i = first; i < first + PER_ROW; i++) {
        row.add(i < shown && left.hasNext() ? Cells.of(left.next()) : "");
      }
      rows.add(row);
    }
    String more = count > shown ? "... %,d more".formatted(count - shown) : "";
    return new Grid(caption, header, rows, more);
  }

  private static String statistics(Object array, int length) {
    if (length > MOST_FOR_STATISTICS || array instanceof boolean[] || array instanceof char[]) {
      return "";
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double value = Array.getDouble(array, i);
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    return ", min %s, mean %s, max %s"
        .formatted(Cells.number(least), Cells.number(sum / length), Cells.number(most));
  }

  /** Rows may differ in length, and be missing. */
  private static View matrix(Object[] rows) {
    int widest = 0;
    for (Object row : rows) {
      widest = Math.max(widest, row == null ? 0 : Array.getLength(row));
    }
    if (rows.getClass().getComponentType().getComponentType().isArray()) {
      return null; // three dimensions and more are a tensor's
    }
    int columns = widest;
    String type = rows.getClass().getComponentType().getComponentType().getSimpleName();
    String caption = "%s[%d][%d]".formatted(type, rows.length, columns);
    var grid = grid(caption, rows.length, columns, (r, c) -> element(rows[r], c));
    return new Told(ValueText.of(rows), grid);
  }

  private static String element(Object row, int column) {
    return row == null || column >= Array.getLength(row) ? "" : Cells.of(Array.get(row, column));
  }

  /** An element as text. */
  @FunctionalInterface
  interface Element {
    String at(int row, int column);
  }

  /** A table with the indices of rows and columns; of a large one the first and the last. */
  static Grid grid(String caption, int rowCount, int columnCount, Element element) {
    int[] columns = ends(columnCount, MOST_COLUMNS);
    var header = new ArrayList<String>();
    header.add("");
    for (int c : columns) {
      header.add(c < 0 ? "..." : String.valueOf(c));
    }
    var rows = new ArrayList<List<String>>();
    for (int r : ends(rowCount, MOST_ROWS)) {
      var row = new ArrayList<String>();
      row.add(r < 0 ? "..." : String.valueOf(r));
      for (int c : columns) {
        row.add(r < 0 || c < 0 ? "..." : element.at(r, c));
      }
      rows.add(row);
    }
    return new Grid(caption, header, rows, "");
  }

  /** All indices, or the first and last ones with -1 for those between. */
  private static int[] ends(int count, int most) {
    if (count <= most) {
      return IntStream.range(0, count).toArray();
    }
    int head = most / 2;
    int tail = most - head - 1;
    return IntStream.concat(
            IntStream.concat(IntStream.range(0, head), IntStream.of(-1)),
            IntStream.range(count - tail, count))
        .toArray();
  }
}
