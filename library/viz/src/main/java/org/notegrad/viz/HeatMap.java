package org.notegrad.viz;

import java.util.Locale;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.viz.Svg.Anchor;

/**
 * The elements of a tensor as coloured cells: one picture, with a tooltip over each cell that tells
 * its index and value as long as there are not too many.
 */
final class HeatMap {
  static final int MAX_PANELS = 64;
  private static final int WIDTH = 440;
  private static final int HEIGHT = 300;
  private static final int GAP = 4;
  private static final int LEFT = 32;
  private static final int TOP = 16;
  private static final int LABEL = 11;

  private final Cells cells;
  private final Colours colours;
  private final int across;
  private final int down;
  private final boolean labelled;
  private final double size;

  HeatMap(Cells cells, Colours colours) {
    this.cells = cells;
    this.colours = colours;
    this.across = across(cells);
    this.down = Math.ceilDiv(cells.panels(), across);
    double fitWidth = (WIDTH - (across - 1.0) * GAP) / (across * cells.columns());
    int label = cells.panels() > 1 ? LABEL : 0;
    double fitHeight = (HEIGHT - (down - 1.0) * (GAP + label)) / (down * cells.rows());
    double fit = Math.min(22, Math.min(fitWidth, fitHeight));
    this.size = fit > 2 ? Math.floor(fit) : fit;
    int longest = cells.panels() > 1 ? cells.panelIndex(cells.panels() - 1).length() : 0;
    this.labelled = cells.panels() > 1 && longest * 5 <= panelWidth() + GAP - 2;
  }

  /** Reads as many rows and columns of each panel as are worth it for so many panels. */
  static Cells read(Tensor tensor, int most) {
    long panels = 1;
    for (int i = 0; i < tensor.rank() - 2; i++) {
      panels *= tensor.size(i);
    }
    int side = panels == 1 ? most : panels <= 4 ? most * 3 / 8 : panels <= 16 ? most / 4 : most / 8;
    return Cells.of(tensor, MAX_PANELS, side, side);
  }

  private static int across(Cells cells) {
    if (cells.leading().length == 2 && cells.leading()[1] <= 16 && cells.leading()[0] > 1) {
      return Math.min(cells.panels(), cells.leading()[1]);
    }
    double square = (double) WIDTH / HEIGHT * cells.rows() / cells.columns();
    int wanted = (int) Math.round(Math.sqrt(cells.panels() * square));
    return Math.clamp(wanted, 1, Math.min(16, cells.panels()));
  }

  private double panelWidth() {
    return cells.columns() * size;
  }

  private double panelHeight() {
    return cells.rows() * size;
  }

  private double x(int panel) {
    return LEFT + panel % across * (panelWidth() + GAP);
  }

  private double y(int panel) {
    return TOP + Math.floorDiv(panel, across) * (panelHeight() + gapBelow());
  }

  private int gapBelow() {
    return labelled ? GAP + LABEL : GAP;
  }

  private double gridHeight() {
    return down * (panelHeight() + gapBelow()) - gapBelow();
  }

  String html() {
    int width = (int) Math.ceil(LEFT + across * (panelWidth() + GAP) - GAP + barWidth());
    int height = (int) Math.ceil(TOP + Math.max(60, gridHeight()) + 2);
    var out =
        new StringBuilder(
            "<div style=\"position:relative;width:%spx;max-width:100%%\">".formatted(width));
    out.append(picture(width, height).image(alt()));
    var tips = new Tooltips(cells);
    for (int panel = 0; panel < cells.panels(); panel++) {
      overlay(panel, width, height, tips, out);
    }
    return out.append("</div>").append(notes()).toString();
  }

  private String alt() {
    return "heat map of %s x %s cells".formatted(cells.rows(), cells.columns())
        + (cells.panels() > 1 ? " in %s panels".formatted(cells.panels()) : "");
  }

  private Svg picture(int width, int height) {
    int columns = cells.columns();
    int rows = cells.rows();
    var pixels = new byte[cells.values().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = colours.index(cells.values()[i]);
    }
    // All panels are stacked in one picture; each shows its part through a nested view box.
    var png = Png.indexed(columns, rows * cells.panels(), pixels, colours.palette());
    var svg = new Svg(width, height);
    svg.define("p", columns, rows * cells.panels(), png);
    for (int panel = 0; panel < cells.panels(); panel++) {
      svg.window(
          x(panel), y(panel), panelWidth(), panelHeight(), 0, panel * rows, columns, rows, "p");
    }
    if (cells.panels() == 1) {
      axes(svg);
    } else {
      panelLabels(svg);
    }
    bar(svg, width - barWidth() + 14);
    return svg;
  }

  private void axes(Svg svg) {
    int everyColumn = labelEvery(cells.columns(), 34);
    for (int c = 0; c < cells.columns() && cells.rank() > 0; c += everyColumn) {
      svg.text(LEFT + (c + 0.5) * size, TOP - 4, Anchor.MIDDLE, "", "" + c * cells.columnStep());
    }
    int everyRow = labelEvery(cells.rows(), 18);
    for (int r = 0; r < cells.rows() && cells.rank() > 1; r += everyRow) {
      svg.text(LEFT - 4, TOP + (r + 0.5) * size + 4, Anchor.END, "", "" + r * cells.rowStep());
    }
  }

  /** Each panel's index above it; where that finds no room, the last of it along the edges. */
  private void panelLabels(Svg svg) {
    svg.group("font-size=\"9\"");
    for (int panel = 0; panel < cells.panels(); panel++) {
      if (labelled) {
        svg.text(x(panel), y(panel) - 3, Anchor.START, "", cells.panelIndex(panel));
      } else if (panel < across && panelWidth() >= 10) {
        svg.text(x(panel) + panelWidth() / 2, TOP - 4, Anchor.MIDDLE, "", "" + panel);
      }
    }
    for (int row = 0; row < down && !labelled && panelHeight() >= 9; row++) {
      int panel = row * across;
      var label = aligned() ? "" + row : "" + panel;
      svg.text(LEFT - 4, y(panel) + panelHeight() / 2 + 3, Anchor.END, "", label);
    }
    svg.end();
  }

  /** Whether the panels' rows and columns are two dimensions of the tensor. */
  private boolean aligned() {
    return cells.leading().length == 2 && across == cells.leading()[1];
  }

  private int labelEvery(int cells, int least) {
    return Math.max(1, (int) Scale.step(Math.max(1, Math.max(least / size, cells / 8.0))));
  }

  private String barLabel(double value) {
    return cells.dtype() == DType.BOOL
        ? Boolean.toString(value > 0)
        : Numbers.significant(value, 3);
  }

  private int barWidth() {
    int letters = Math.max(barLabel(colours.high()).length(), barLabel(colours.low()).length());
    return 30 + 7 * letters;
  }

  /** The colours from top (high) to bottom (low) with the values that they stand for. */
  private void bar(Svg svg, double x) {
    double height = Math.clamp(gridHeight(), 60, 140);
    var palette = colours.palette();
    var column = new byte[Colours.LEVELS];
    for (int i = 0; i < column.length; i++) {
      column[i] = (byte) (Colours.LEVELS - 1 - i);
    }
    svg.picture(x, TOP, 9, height, Png.indexed(1, column.length, column, palette));
    svg.text(x + 13, TOP + 9, Anchor.START, "", barLabel(colours.high()));
    if (colours.diverging()) {
      svg.text(x + 13, TOP + height / 2 + 4, Anchor.START, "", "0");
    }
    svg.text(x + 13, TOP + height, Anchor.START, "", barLabel(colours.low()));
  }

  /** Transparent cells over a panel; their places follow the picture when that is scaled down. */
  private void overlay(int panel, int width, int height, Tooltips tips, StringBuilder out) {
    out.append(
        String.format(
            Locale.ROOT,
            "<div style=\"position:absolute;left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%;display:grid;%s\">",
            x(panel) * 100 / width,
            y(panel) * 100 / height,
            panelWidth() * 100 / width,
            panelHeight() * 100 / height,
            tips.gridStyle()));
    tips.append(panel, out);
    out.append("</div>");
  }

  private String notes() {
    var left = cells.leftOut();
    return left.isEmpty() ? "" : Html.NOTE.formatted(left);
  }
}
