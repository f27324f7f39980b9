package org.notegrad.tables;

import java.util.Comparator;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.notegrad.train.History;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Histories of trainings as tables. */
public final class HistoryTable {
  /** A step, and which value of it: several may be logged at the same one. */
  private record Place(double step, int nth) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingDouble(Place::step).thenComparingInt(Place::nth);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private HistoryTable() {}

  /**
   * A table named "history" with one row a step: the column {@code step}, and one a series, with a
   * missing value where the series has none.
   */
  public static Table of(History history) {
    var steps = new TreeSet<Place>();
    history.names().forEach(name -> steps.addAll(values(history, name).keySet()));
    var table = Table.create("history");
    table.addColumns(
        DoubleColumn.create("step", steps.stream().mapToDouble(Place::step).toArray()));
    for (String name : history.names()) {
      var values = values(history, name);
      var column = DoubleColumn.create(name.equalsIgnoreCase("step") ? name + " (value)" : name);
      for (Place place : steps) {
        Double value = values.get(place);
        if (value == null) {
          column.appendMissing();
        } else {
          column.append(value.doubleValue());
        }
      }
      table.addColumns(column);
    }
    return table;
  }

  private static TreeMap<Place, Double> values(History history, String name) {
    double[] steps = history.steps(name);
    double[] values = history.values(name);
    var seen = new HashMap<Double, Integer>();
    var placed = new TreeMap<Place, Double>();
    for (int i = 0; i < steps.length; i++) {
      placed.put(new Place(steps[i], seen.merge(steps[i], 1, Integer::sum)), values[i]);
    }
    return placed;
  }
}
