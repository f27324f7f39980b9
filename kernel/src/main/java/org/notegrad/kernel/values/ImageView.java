package org.notegrad.kernel.values;

import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.notegrad.viz.View;

/** A picture as PNG; one that is larger than a screen is made smaller. */
record ImageView(RenderedImage image) implements View {
  private static final int MOST_PIXELS = 1600;

  @Override
  public String text() {
    String size = "picture of %d x %d pixels".formatted(image.getWidth(), image.getHeight());
    double scale = scale();
    return scale == 1
        ? size
        : size
            + ", shown as %d x %d".formatted(scaled(image.getWidth()), scaled(image.getHeight()));
  }

  /** None: the picture itself is the richest form. */
  @Override
  public String html() {
    return "";
  }

  @Override
  public Map<String, Object> others() {
    return Map.of("image/png", png(ready()));
  }

  private double scale() {
    int longest = Math.max(image.getWidth(), image.getHeight());
    return longest <= MOST_PIXELS ? 1 : (double) MOST_PIXELS / longest;
  }

  private int scaled(int pixels) {
    return Math.max(1, (int) Math.round(pixels * scale()));
  }

  /** The picture in a size and a form that PNG has. */
  private RenderedImage ready() {
    if (scale() == 1) {
      return image;
    }
    var small =
        new BufferedImage(
            scaled(image.getWidth()), scaled(image.getHeight()), BufferedImage.TYPE_INT_ARGB);
    var graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawRenderedImage(image, AffineTransform.getScaleInstance(scale(), scale()));
    graphics.dispose();
    return small;
  }

  /** The bytes of a picture as PNG, which knows fewer kinds of pixels than Java. */
  static byte[] png(RenderedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        var plain =
            new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        var graphics = plain.createGraphics();
        graphics.drawRenderedImage(image, new AffineTransform());
        graphics.dispose();
        ImageIO.write(plain, "png", bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("encoding a picture as PNG", e);
    }
    return bytes.toByteArray();
  }
}
