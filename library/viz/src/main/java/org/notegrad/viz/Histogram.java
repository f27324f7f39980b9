package org.notegrad.viz;

import org.notegrad.viz.Svg.Anchor;

/** The picture of the bins of {@link Stats}: blue above zero, orange below. */
final class Histogram {
  private static final int WIDTH = 228;
  private static final int HEIGHT = 84;
  private static final int BASE = HEIGHT - 18;

  private Histogram() {}

  static String image(Stats stats) {
    var svg = new Svg(WIDTH, HEIGHT);
    int most = 1;
    for (int bin : stats.bins()) {
      most = Math.max(most, bin);
    }
    double step = (WIDTH - 2.0) / stats.bins().length;
    double width = (stats.binsHigh() - stats.binsLow()) / stats.bins().length;
    double gap = step > 20 ? 4 : 1;
    for (int i = 0; i < stats.bins().length; i++) {
      if (stats.bins()[i] > 0) {
        double height = Math.max(1.5, stats.bins()[i] * (BASE - 4.0) / most);
        double middle = stats.binsLow() + (i + 0.5) * width;
        svg.rect(
            1 + i * step + gap / 2,
            BASE - height,
            step - gap,
            height,
            "fill=\"%s\"".formatted(colour(stats, middle, width)));
      }
    }
    svg.line(0, BASE + 0.5, WIDTH, BASE + 0.5, "stroke=\"%s\"".formatted(Palette.INK));
    labels(svg, stats);
    return svg.image(
        "histogram of %s values from %s to %s"
            .formatted(
                Numbers.count(stats.finite()), Numbers.of(stats.min()), Numbers.of(stats.max())));
  }

  /** Grey where numbers of both signs may lie in the bin. */
  private static String colour(Stats stats, double middle, double width) {
    if (stats.min() < 0 && Math.abs(middle) < width / 2) {
      return Palette.INK;
    }
    return middle < 0 ? Palette.NEGATIVE : Palette.POSITIVE;
  }

  private static void labels(Svg svg, Stats stats) {
    var scale = Scale.linear(stats.binsLow(), stats.binsHigh(), 1, WIDTH - 1);
    if (stats.bins().length < Stats.BINS) {
      int every = (stats.bins().length + 11) / 12;
      for (int i = 0; i < stats.bins().length; i += every) {
        double value = Math.rint(stats.min()) + i;
        svg.text(scale.at(value), HEIGHT - 4, Anchor.MIDDLE, "", Numbers.of(value));
      }
      return;
    }
    svg.text(0, HEIGHT - 4, Anchor.START, "", Numbers.of(stats.binsLow()));
    svg.text(WIDTH, HEIGHT - 4, Anchor.END, "", Numbers.of(stats.binsHigh()));
    double zero = scale.at(0);
    if (stats.min() < 0 && stats.max() > 0 && zero > 50 && zero < WIDTH - 50) {
      svg.line(zero, BASE, zero, BASE + 4, "stroke=\"%s\"".formatted(Palette.INK));
      svg.text(zero, HEIGHT - 4, Anchor.MIDDLE, "", "0");
    }
  }
}
