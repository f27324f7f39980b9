package org.notegrad.kernel.values;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.knowm.xchart.internal.chartpart.Chart;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/** A chart of XChart's, in twice its size in pixels so that it is sharp on every screen. */
record ChartView(Chart<?, ?> chart) implements View {
  private static final int DENSITY = 2;

  /** The view of a chart; null for other things of XChart's. */
  static View of(Object value) {
    return value instanceof Chart<?, ?> chart ? new ChartView(chart) : null;
  }

  @Override
  public String text() {
    String title = chart.getTitle() == null ? "" : chart.getTitle();
    String kind = chart.getClass().getSimpleName();
    return title.isBlank() ? kind : kind + ": " + title;
  }

  @Override
  public String html() {
    return "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"%s\">"
        .formatted(
            Html.escape(text()),
            chart.getWidth(),
            chart.getHeight(),
            Html.dataUri("image/png", png()));
  }

  @Override
  public Map<String, Object> others() {
    return Map.of("image/png", png());
  }

  private byte[] png() {
    int width = chart.getWidth();
    int height = chart.getHeight();
    var image = new BufferedImage(DENSITY * width, DENSITY * height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(DENSITY, DENSITY);
    chart.paint(graphics, width, height);
    graphics.dispose();
    return ImageView.png(image);
  }
}
