package org.notegrad.tables;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.data.Dataset;
import org.notegrad.data.TensorDataset;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The rows of a table as examples: some columns are the inputs, another is the target.
 *
 * <p>Inputs are float32 {@code (n, features)}, from columns of numbers and of booleans (0 and 1). A
 * target of numbers is float32 {@code (n, 1)}; one of text or booleans is int64 {@code (n,)}, each
 * value the place of the row's label among the {@link #labels labels}. Numbers that stand for
 * classes become labels as text: {@code column.asStringColumn()}.
 *
 * <p>The table is copied; a value that is missing is refused.
 */
public final class TableDataset implements Dataset {
  private static final String HOW_TO_FILL =
      "fill it, or leave such rows out: table.dropRowsWithMissingValues()";

  private final TensorDataset rows;
  private final List<String> features;
  private final String target;
  private final List<String> labels;

  private TableDataset(Table table, List<String> features, String target) {
    Column<?> goal = column(table, target);
    this.features = features;
    this.target = target;
    this.labels = isNumeric(goal) ? List.of() : labels(goal);
    var inputs = features.stream().<Column<?>>map(name -> column(table, name)).toList();
    this.rows =
        new TensorDataset(
            numbers(inputs, table.rowCount()),
            labels.isEmpty() ? numbers(List.of(goal), table.rowCount()) : classes(goal));
  }

  /**
   * The examples of a table.
   *
   * @param target the name of the target's column; all other columns are inputs
   * @throws NotegradException if a column is not there or can't be an input, or a value is missing
   */
  public static TableDataset of(Table table, String target) {
    var others = table.columnNames().stream().filter(name -> !name.equalsIgnoreCase(target));
    return new TableDataset(table, others.toList(), target);
  }

  /**
   * The examples of a table.
   *
   * @param target the name of the target's column
   * @param features the names of the inputs' columns, in their order
   * @throws NotegradException if a column is not there or can't be an input, or a value is missing
   */
  public static TableDataset of(Table table, String target, String... features) {
    if (features.length == 0) {
      return of(table, target);
    }
    return new TableDataset(table, List.of(features), target);
  }

  private static Column<?> column(Table table, String name) {
    if (!table.containsColumn(name)) {
      throw new NotegradException(
          "TableDataset", "no column '%s' among %s", name, table.columnNames());
    }
    return table.column(name);
  }

  private static boolean isNumeric(Column<?> column) {
    return column instanceof NumericColumn;
  }

  /** The labels of a column, each once, in the order of their text. */
  private static List<String> labels(Column<?> column) {
    if (!(column instanceof StringColumn || column instanceof BooleanColumn)) {
      throw new NotegradException(
          "TableDataset",
          "column '%s' (%s) can't be a target: numbers, text or booleans expected",
          column.name(),
          column.type().name());
    }
    return IntStream.range(0, column.size())
        .mapToObj(row -> present(column, row).getString(row))
        .distinct()
        .sorted()
        .toList();
  }

  private Tensor classes(Column<?> column) {
    var place = new HashMap<String, Integer>();
    labels.forEach(label -> place.put(label, place.size()));
    long[] classes = new long[column.size()];
    Arrays.setAll(classes, row -> place.get(column.getString(row)));
    return Tensor.fromArray(classes, classes.length);
  }

  /** The values of columns, {@code (rows, columns)}. */
  private static Tensor numbers(List<Column<?>> columns, int rowCount) {
    float[] values = new float[rowCount * columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      Column<?> column = columns.get(c);
      for (int row = 0; row < rowCount; row++) {
        values[row * columns.size() + c] = (float) number(present(column, row), row);
      }
    }
    return Tensor.fromArray(values, rowCount, columns.size());
  }

  private static double number(Column<?> column, int row) {
    return switch (column) {
      case NumericColumn<?> numbers -> numbers.getDouble(row);
      case BooleanColumn flags -> flags.getByte(row);
      default ->
          throw new NotegradException(
              "TableDataset",
              "column '%s' (%s) can't be an input: numbers or booleans expected; encode it, or"
                  + " name the columns to take: TableDataset.of(table, target, features...)",
              column.name(),
              column.type().name());
    };
  }

  private static Column<?> present(Column<?> column, int row) {
    if (column.isMissing(row)) {
      throw new NotegradException(
          "TableDataset",
          "column '%s' has no value in row %d (the first is row 0); " + HOW_TO_FILL,
          column.name(),
          row);
    }
    return column;
  }

  /** The names of the inputs' columns, in the order of the inputs. */
  public List<String> features() {
    return features;
  }

  /** The name of the target's column. */
  public String target() {
    return target;
  }

  /** The label of each class, in the order of their text; none for a target of numbers. */
  public List<String> labels() {
    return labels;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Batch get(Tensor indices) {
    return rows.get(indices);
  }

  @Override
  public Batch all() {
    return rows.all();
  }

  /** Its size, its features and its target. */
  @Override
  public String toString() {
    String kind = labels.isEmpty() ? "" : ": " + labels;
    return "%d rows, %s -> %s%s".formatted(size(), features, target, kind);
  }
}
