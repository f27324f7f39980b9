package org.notegrad.kernel.magic;

import java.util.List;
import java.util.Locale;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/** What {@code %timeit} shows: the median, its spread, and every sample from the first run on. */
record TimingView(Timing timing) implements View {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 64;
  private static final int MOST_WARM_UP_DOTS = 100;

  @Override
  public String text() {
    return (median() + "  " + spread() + "\n" + how() + "\n" + allocation()).strip();
  }

  @Override
  public String html() {
    return "<div><div><b style=\"font-size:16px\">"
        + Html.escape(median())
        + "</b> <span style=\"opacity:.7\">"
        + Html.escape(spread())
        + "</span></div><img alt=\"samples over time\" width=\""
        + WIDTH
        + "\" height=\""
        + HEIGHT
        + "\" style=\"margin:4px 0\" src=\""
        + Html.dataUri(svg())
        + "\">"
        + Html.NOTE.formatted(Html.escape(how() + "; the warm-up in grey"))
        + Html.NOTE.formatted(Html.escape(allocation()))
        + "</div>";
  }

  private String median() {
    return Units.time(timing.median());
  }

  private String spread() {
    return "median a run; half of the samples from %s to %s"
        .formatted(Units.time(timing.quantile(0.25)), Units.time(timing.quantile(0.75)));
  }

  private String how() {
    int samples = timing.nanosPerRun().size();
    String all =
        "%d %s of %s"
            .formatted(
                samples,
                samples == 1 ? "sample" : "samples",
                timing.runsPerSample() == 1
                    ? "1 run"
                    : "%,d runs".formatted(timing.runsPerSample()));
    String first = Units.time(timing.warmUp().getFirst());
    return switch (timing.steady()) {
      case YES ->
          "%s; steady after %s (the first run took %s)"
              .formatted(all, Units.time(timing.warmUpNanos()), first);
      case NO ->
          "%s; still not steady after %s, so take it with care"
              .formatted(all, Units.time(timing.warmUpNanos()));
    };
  }

  private String allocation() {
    return timing.bytesPerRun() < 0 ? "" : Units.bytes(timing.bytesPerRun()) + " allocated a run";
  }

  /** Dots on a logarithmic scale: grey while warming up, blue where they count. */
  private String svg() {
    var warm = timing.warmUp();
    var early = warm.subList(Math.max(0, warm.size() - MOST_WARM_UP_DOTS), warm.size());
    var counted = timing.nanosPerRun();
    double low = Math.log(Math.min(min(early), min(counted)));
    double high = Math.log(Math.max(max(early), max(counted)));
    double span = Math.max(high - low, Math.log(1.1));
    double middle = (low + high) / 2;
    var out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">"
            .formatted(WIDTH, HEIGHT));
    int all = early.size() + counted.size();
    for (int i = 0; i < all; i++) {
      boolean counts = i >= early.size();
      double nanos = counts ? counted.get(i - early.size()) : early.get(i);
      double x = 4 + (WIDTH - 8) * (i + 0.5) / all;
      double y = HEIGHT / 2.0 - (HEIGHT - 10) * (Math.log(nanos) - middle) / span;
      out.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>",
              x,
              y,
              counts ? "#2f80ed" : "#8a8a8a"));
    }
    return out.append("</svg>").toString();
  }

  private static double min(List<Double> samples) {
    return samples.stream().mapToDouble(Double::doubleValue).min().orElse(Double.MAX_VALUE);
  }

  private static double max(List<Double> samples) {
    return samples.stream().mapToDouble(Double::doubleValue).max().orElse(Double.MIN_VALUE);
  }
}
