package org.notegrad.viz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.IChart;

/** A chart of XChart as a picture. */
record ChartView(IChart chart) implements View {
  @Override
  public String text() {
    var title = chart.getTitle();
    return chart.getClass().getSimpleName()
        + (title == null || title.isBlank() ? "" : ": " + title);
  }

  /** Drawn twice as fine, for screens that can show it, where that fits into a view's bytes. */
  @Override
  public String html() {
    var fine = html(png(2));
    return fine.length() <= MAX_BYTES ? fine : html(png(1));
  }

  private String html(byte[] png) {
    return "<img src=\"%s\" width=\"%s\" height=\"%s\" alt=\"%s\" style=\"max-width:100%%;height:auto\"/>"
        .formatted(
            Html.dataUri("image/png", png),
            chart.getWidth(),
            chart.getHeight(),
            Html.escape(text()));
  }

  @Override
  public Map<String, Object> others() {
    return Map.of("image/png", png(1));
  }

  private byte[] png(int scale) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    var image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.scale(scale, scale);
    chart.paint(graphics, width, height);
    graphics.dispose();
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("drawing " + text(), e);
    }
    return png.toByteArray();
  }
}
