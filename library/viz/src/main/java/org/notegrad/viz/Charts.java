package org.notegrad.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.notegrad.train.History;

/** Charts to be changed and completed with XChart. */
public final class Charts {
  private Charts() {}

  /**
   * A line for each series of a history. It is a chart like any other of XChart: style it, add
   * series, save it. Without series named, it shows all.
   *
   * @param names which series to draw
   */
  public static XYChart chart(History history, String... names) {
    var chart = new XYChartBuilder().width(640).height(380).xAxisTitle("step").build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    int line = 0;
    for (var name : names.length == 0 ? history.names().toArray(String[]::new) : names) {
      var series = chart.addSeries(name, history.steps(name), history.values(name));
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(new BasicStroke(2));
      series.setLineColor(Color.decode(Palette.LINES.get(line++ % Palette.LINES.size())));
    }
    return chart;
  }
}
