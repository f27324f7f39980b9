package org.notegrad.kernel.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.notegrad.viz.View;

/** Tables of Tablesaw's: their first rows, with the types of the columns. */
final class TablesawView {
  private static final int MOST_ROWS = 20;
  private static final int MOST_COLUMNS = 24;

  private TablesawView() {}

  static View of(Object table) {
    var columns = (List<?>) Foreign.call(table, "columns");
    int rowCount = Foreign.number(table, "rowCount");
    int shownColumns = Math.min(columns.size(), MOST_COLUMNS);
    var header = new ArrayList<String>();
    header.add("");
    for (Object column : columns.subList(0, shownColumns)) {
      header.add(Foreign.call(column, "name") + "\u2009" + type(column));
    }
    var rows = new ArrayList<List<String>>();
    for (int r = 0; r < Math.min(rowCount, MOST_ROWS); r++) {
      var row = new ArrayList<String>();
      row.add(String.valueOf(r));
      for (Object column : columns.subList(0, shownColumns)) {
        row.add(String.valueOf(Foreign.call(column, "getString", r)));
      }
      rows.add(row);
    }
    String caption =
        "%s, %,d rows x %d columns"
            .formatted(Foreign.call(table, "name"), rowCount, columns.size());
    var left = new ArrayList<String>();
    if (rowCount > rows.size()) {
      left.add("%,d rows".formatted(rowCount - rows.size()));
    }
    if (columns.size() > shownColumns) {
      left.add("%d columns".formatted(columns.size() - shownColumns));
    }
    String note = left.isEmpty() ? "" : "... " + String.join(" and ", left) + " more";
    return new Grid(caption, header, rows, note);
  }

  private static String type(Object column) {
    String name = String.valueOf(Foreign.call(Foreign.call(column, "type"), "name"));
    return "(" + name.toLowerCase(Locale.ROOT) + ")";
  }
}
