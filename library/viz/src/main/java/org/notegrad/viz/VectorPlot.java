package org.notegrad.viz;

import org.notegrad.Tensor;
import org.notegrad.viz.LineChart.Line;
import org.notegrad.viz.LineChart.Style;
import org.notegrad.viz.LineChart.Tick;

/** A long vector as a line over its indices; of a very long one, every n-th element. */
final class VectorPlot {
  private static final int MAX_POINTS = 1024;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 170;

  private VectorPlot() {}

  static String html(Tensor vector) {
    var cells = Cells.of(vector, 1, 1, MAX_POINTS);
    var x = new double[cells.columns()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (double) i * cells.columnStep();
    }
    var chart = new LineChart("value by index", 0, vector.numel() - 1.0);
    chart.add(new Line("", Palette.POSITIVE, Style.SOLID, x, cells.values()));
    for (double tick : new Scale(0, vector.numel() - 1.0, 0, 1, false).ticks(6)) {
      chart.add(new Tick(tick, Numbers.of(tick)));
    }
    var svg = new Svg(WIDTH, HEIGHT);
    chart.draw(svg, 0, 0, WIDTH, HEIGHT);
    var note = cells.leftOut();
    return svg.image("line through %s values".formatted(x.length))
        + (note.isEmpty() ? "" : Html.NOTE.formatted(note));
  }
}
