package org.notegrad.viz;

/**
 * The tooltips of a panel of cells: index and value of each cell, or, where that would be too many,
 * index range, mean and extremes of blocks of cells.
 */
final class Tooltips {
  /** So many cells of all panels have a tooltip each. */
  private static final int MAX_CELLS = 600;

  /** About so many blocks have one otherwise. */
  private static final int MAX_BLOCKS = 120;

  private final Cells cells;
  private final int blockRows;
  private final int blockColumns;

  Tooltips(Cells cells) {
    this.cells = cells;
    int most = Math.max(1, MAX_BLOCKS / cells.panels());
    int side = 1;
    while (cells.values().length > MAX_CELLS
        && Math.ceilDiv(cells.rows(), side) * Math.ceilDiv(cells.columns(), side) > most) {
      side++;
    }
    this.blockRows = Math.min(side, cells.rows());
    this.blockColumns = Math.min(side, cells.columns());
  }

  /** The last row and column of blocks may be smaller than the others. */
  String gridStyle() {
    return "grid-template-columns:%s;grid-template-rows:%s"
        .formatted(tracks(cells.columns(), blockColumns), tracks(cells.rows(), blockRows));
  }

  private static String tracks(int cells, int block) {
    int whole = cells / block;
    int rest = cells % block;
    return "repeat(%s,%sfr)".formatted(whole, block) + (rest == 0 ? "" : " " + rest + "fr");
  }

  void append(int panel, StringBuilder out) {
    for (int row = 0; row < cells.rows(); row += blockRows) {
      for (int column = 0; column < cells.columns(); column += blockColumns) {
        out.append("<i title=\"").append(text(panel, row, column)).append("\"></i>");
      }
    }
  }

  private String text(int panel, int row, int column) {
    if (blockRows == 1 && blockColumns == 1) {
      return cells.index(panel, row, column) + " = " + cells.text(cells.value(panel, row, column));
    }
    int lastRow = Math.min(row + blockRows, cells.rows()) - 1;
    int lastColumn = Math.min(column + blockColumns, cells.columns()) - 1;
    int width = lastColumn - column + 1;
    var block = new double[(lastRow - row + 1) * width];
    for (int i = 0; i < block.length; i++) {
      block[i] = cells.value(panel, row + i / width, column + i % width);
    }
    var stats = Stats.of(block, false);
    return "%s to %s: mean %s, min %s, max %s"
        .formatted(
            cells.index(panel, row, column),
            cells.index(panel, lastRow, lastColumn),
            Numbers.significant(stats.mean(), 3),
            Numbers.significant(stats.min(), 3),
            Numbers.significant(stats.max(), 3));
  }
}
