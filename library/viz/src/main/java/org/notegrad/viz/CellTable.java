package org.notegrad.viz;

import java.util.Locale;

/** The elements of a small tensor as tables of numbers on tinted ground, one table a panel. */
final class CellTable {
  private static final int MAX_ELEMENTS = 192;
  private static final int MAX_ROWS = 16;
  private static final int MAX_COLUMNS = 16;
  private static final String CELL =
      "<td align=\"right\" title=\"%s = %s\" style=\"background:%s;padding:3px"
          + " 7px;text-align:right;border:none\">%s</td>";
  private static final String INDEX =
      "<td align=\"right\" style=\"padding:3px"
          + " 6px;text-align:right;border:none;opacity:.5\">%s</td>";

  private final Cells cells;
  private final Colours colours;
  private final int decimals;

  private CellTable(Cells cells, Colours colours, Stats stats) {
    this.cells = cells;
    this.colours = colours;
    this.decimals = decimals(stats);
  }

  /** Whether every number of such a tensor finds room. */
  static boolean fits(int[] shape, long elements) {
    int rank = shape.length;
    return elements <= MAX_ELEMENTS
        && (rank < 2 || (shape[rank - 1] <= MAX_COLUMNS && shape[rank - 2] <= MAX_ROWS));
  }

  static String html(Cells cells, Colours colours, Stats stats) {
    var table = new CellTable(cells, colours, stats);
    var out =
        new StringBuilder(
            "<div style=\"display:flex;flex-wrap:wrap;gap:12px 20px;align-items:flex-start\">");
    for (int panel = 0; panel < cells.panels(); panel++) {
      table.panel(panel, out);
    }
    return out.append("</div>").toString();
  }

  private void panel(int panel, StringBuilder out) {
    out.append("<div>");
    if (cells.leading().length > 0) {
      out.append("<div style=\"opacity:.6;font-size:11px\">")
          .append(cells.panelIndex(panel))
          .append("</div>");
    }
    out.append(Html.TABLE.formatted("font-family:monospace;font-size:12px"));
    // A vector wraps into rows; its row headers are the index that a row starts with.
    int wrap = Math.min(cells.columns(), MAX_COLUMNS);
    boolean vector = cells.rank() < 2;
    int lines = vector ? Math.ceilDiv(cells.columns(), wrap) : cells.rows();
    if (cells.rank() > 0) {
      header(wrap, out);
    }
    for (int line = 0; line < lines; line++) {
      out.append(Html.ROW);
      if (cells.rank() > 0) {
        out.append(INDEX.formatted(vector ? (lines > 1 ? line * wrap : "") : line));
      }
      int first = vector ? line * wrap : 0;
      for (int c = first; c < Math.min(first + wrap, cells.columns()); c++) {
        cell(panel, vector ? 0 : line, c, out);
      }
      out.append("</tr>");
    }
    out.append("</table></div>");
  }

  private void header(int columns, StringBuilder out) {
    out.append(Html.ROW).append(INDEX.formatted(""));
    for (int c = 0; c < columns; c++) {
      out.append(INDEX.formatted(c));
    }
    out.append("</tr>");
  }

  private void cell(int panel, int row, int column, StringBuilder out) {
    double value = cells.value(panel, row, column);
    out.append(
        CELL.formatted(
            cells.index(panel, row, column), cells.text(value), colours.tint(value), text(value)));
  }

  private String text(double value) {
    if (!cells.dtype().isFloating()) {
      return cells.text(value);
    }
    if (!Double.isFinite(value) || decimals < 0) {
      return Numbers.significant(value, 3);
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Decimals that suit all values, at most four; -1 where they span too much for one width. */
  private static int decimals(Stats stats) {
    double most = stats.magnitude();
    if (most >= 1e6 || (most > 0 && most < 1e-3)) {
      return -1;
    }
    return most < 10 ? 4 : most < 100 ? 3 : most < 1000 ? 2 : 1;
  }
}
