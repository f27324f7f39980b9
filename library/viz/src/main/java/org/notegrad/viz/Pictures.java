package org.notegrad.viz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.notegrad.Tensor;
import org.notegrad.viz.Svg.Anchor;

/**
 * Tensors shown as the pictures that they are: the least value of all black, the greatest white,
 * three channels as red, green and blue.
 */
public final class Pictures implements View {
  private static final int WIDTH = 640;
  private static final int GAP = 8;
  private static final int LABEL = 16;
  private static final int MAX_PICTURES = 64;
  private static final int MAX_SIDE = 256;

  /** All that can be shown, copied, so that a later change of the tensor does not show. */
  private final Tensor shown;

  private final Size size;
  private final List<String> labels;

  /** How many pictures there are, how large they were, and that only every step-th row is shown. */
  private record Size(int count, int height, int width, int step) {}

  private Pictures(Tensor shown, Size size, List<String> labels) {
    this.shown = shown;
    this.size = size;
    this.labels = labels;
  }

  /**
   * Pictures as they are now, of shape {@code (N, H, W)}, {@code (N, 1, H, W)} or {@code (N, 3, H,
   * W)}, or one of shape {@code (H, W)}.
   */
  public static Pictures pictures(Tensor pictures) {
    var t = pictures.rank() == 2 ? pictures.unsqueeze(0) : pictures;
    t = t.rank() == 3 ? t.unsqueeze(1) : t;
    if (t.rank() != 4 || (t.size(1) != 1 && t.size(1) != 3)) {
      throw new IllegalArgumentException(
          "pictures: given shape %s, expected (H, W), (N, H, W), (N, 1, H, W) or (N, 3, H, W)"
              .formatted(pictures.shape()));
    }
    int height = t.size(2);
    int width = t.size(3);
    int step = Math.max(1, Math.ceilDiv(Math.max(width, height), MAX_SIDE));
    var size = new Size(t.size(0), height, width, step);
    return new Pictures(excerpt(t.detach(), size), size, List.of());
  }

  private static Tensor excerpt(Tensor all, Size size) {
    return all.narrow(0, 0, Math.min(size.count, MAX_PICTURES))
        .slice(-1, 0, size.width, size.step)
        .slice(-2, 0, size.height, size.step)
        .clone();
  }

  /** Pictures with their classes, of shape {@code (N)}, below them. */
  public static Pictures pictures(Tensor pictures, Tensor classes) {
    return pictures(pictures)
        .labels(
            LongStream.of(classes.detach().toLongArray())
                .mapToObj(Long::toString)
                .toArray(String[]::new));
  }

  /** The same pictures with a text below each. */
  public Pictures labels(String... labels) {
    if (labels.length != size.count) {
      throw new IllegalArgumentException(
          "labels: given %s for %s pictures".formatted(labels.length, size.count));
    }
    return new Pictures(shown, size, List.of(labels));
  }

  @Override
  public String text() {
    int channels = shown.size(1);
    return "%s %s of %s x %s%s"
            .formatted(
                Numbers.count(size.count),
                size.count == 1 ? "picture" : "pictures",
                size.height,
                size.width,
                channels == 1 ? "" : ", colour")
        + (labels.isEmpty() ? "" : ", labels " + String.join(" ", labels));
  }

  @Override
  public String html() {
    for (int count = shown.size(0); count > 0; count = count * 2 / 3) {
      var html =
          html(
              shown.narrow(0, 0, count).toDoubleArray(),
              count,
              shown.size(-2),
              shown.size(-1),
              size.step);
      if (html.length() < MAX_BYTES - 1024) {
        return html;
      }
    }
    return Html.NOTE.formatted(Html.escape(text()) + ": too large to show");
  }

  private String html(double[] values, int count, int height, int width, int step) {
    double zoom = Math.max(1, Math.min(64.0 / Math.max(width, height), 12));
    if (count == 1) {
      zoom = Math.max(1, Math.floor(256.0 / Math.max(width, height)));
    }
    double w = width * Math.max(1, Math.floor(zoom));
    double h = height * Math.max(1, Math.floor(zoom));
    int across = Math.clamp((int) ((WIDTH + GAP) / (w + GAP)), 1, count);
    int rowHeight = (int) Math.ceil(h) + GAP + (labels.isEmpty() ? 0 : LABEL);
    var svg =
        new Svg(
            (int) Math.ceil(across * (w + GAP) - GAP),
            Math.ceilDiv(count, across) * rowHeight - GAP);
    svg.define("p", width, height * count, png(values, count, height, width));
    for (int i = 0; i < count; i++) {
      double x = i % across * (w + GAP);
      int y = Math.floorDiv(i, across) * rowHeight;
      svg.window(x, y, w, h, 0, i * height, width, height, "p");
      if (!labels.isEmpty()) {
        svg.text(x + w / 2, y + h + 13, Anchor.MIDDLE, "", labels.get(i));
      }
    }
    return "<div>" + svg.image(text()) + note(count, step) + "</div>";
  }

  private String note(int count, int step) {
    var notes =
        (count < size.count
                ? "the first %s of %s pictures".formatted(count, Numbers.count(size.count))
                : "")
            + (step > 1 ? " every %s pixels".formatted(step) : "");
    return notes.isEmpty() ? "" : Html.NOTE.formatted(notes.strip());
  }

  /** All pictures below each other. */
  private byte[] png(double[] values, int count, int height, int width) {
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
    double range = high > low ? high - low : 1;
    int plane = height * width;
    if (shown.size(1) == 3) {
      var pixels = new int[count * plane];
      for (int i = 0; i < pixels.length; i++) {
        int at = i / plane * 3 * plane + i % plane;
        pixels[i] =
            level(values[at], low, range) << 16
                | level(values[at + plane], low, range) << 8
                | level(values[at + 2 * plane], low, range);
      }
      return Png.trueColour(width, height * count, pixels);
    }
    var pixels = new byte[count * plane];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) level(values[i], low, range);
    }
    var greys = IntStream.range(0, 256).map(i -> i * 0x010101).toArray();
    return Png.indexed(width, height * count, pixels, greys);
  }

  /** From 0 to 255; NaN is black. */
  private static int level(double value, double low, double range) {
    return (int) Math.round(Math.clamp((value - low) / range, 0, 1) * 255);
  }
}
