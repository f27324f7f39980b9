package org.notegrad.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.notegrad.viz.Series.Points;

/** One frame of the display of a {@link Training}. */
record TrainingView(
    Run.State state,
    int epochs,
    int epoch,
    long steps,
    long stepsInEpoch,
    int stepsPerEpoch,
    boolean dataEnded,
    long samples,
    double seconds,
    SequencedMap<String, Points> series,
    Points epochEnds,
    Run.Trouble trouble)
    implements View {
  private static final int TEXT_BAR = 16;

  /** One line: where it is and the latest values, and at the end the best ones and the pace. */
  @Override
  public String text() {
    var line = new StringJoiner("  ");
    if (state == Run.State.RUNNING) {
      int done = (int) Math.round(fraction() * TEXT_BAR);
      line.add(
          "%s %s%s %s"
              .formatted(
                  status(),
                  "━".repeat(done),
                  "─".repeat(TEXT_BAR - done),
                  Numbers.percent(fraction())));
      metrics().forEach(m -> line.add(m.name() + " " + Numbers.of(m.latest())));
      timeLeft().ifPresent(line::add);
    } else {
      line.add(status());
      if (!metrics().isEmpty()) {
        line.add(metricsText());
      }
      pace().forEach(line::add);
    }
    if (trouble != null) {
      line.add(troubleText());
    }
    return line.toString();
  }

  @Override
  public String html() {
    var page = new Page("<div style=\"font-size:13px;line-height:1.5;max-width:660px\">");
    page.add("progress", progress());
    if (trouble != null) {
      page.add(
          "warning",
          "<div style=\"color:%s;font-weight:600\">%s</div>"
              .formatted(Palette.ALARM, Html.escape(troubleText())));
    }
    return (series.isEmpty() ? page : chartAndTable(page)).close("</div>");
  }

  Page chartAndTable(Page page) {
    return page.add("chart", new TrainingChart(this).html()).add("metrics", table());
  }

  /** Every metric with its latest and its best value. */
  String metricsText() {
    return metrics().stream()
        .map(m -> m.name() + " " + Numbers.of(m.latest()) + m.bestText(this))
        .collect(Collectors.joining("  "));
  }

  /** The share of all steps that are done; of epochs as long as their length is not known. */
  double fraction() {
    if (state == Run.State.FINISHED) {
      return 1;
    }
    if (epoch == 0) {
      return 0;
    }
    double ofEpoch =
        dataEnded ? 1 : stepsPerEpoch == 0 ? 0 : Math.min(1, (double) stepsInEpoch / stepsPerEpoch);
    return (epoch - 1 + ofEpoch) / epochs;
  }

  /**
   * How many steps the horizontal axis spans: all that were planned, or of a run that has ended
   * those that were done. Of a long run that has only begun it is a half of them, a quarter and so
   * on, for the lines would have no width.
   */
  double span() {
    if (state != Run.State.RUNNING || stepsPerEpoch == 0) {
      return Math.max(1, steps);
    }
    double span = Math.max(steps, (double) epochs * stepsPerEpoch);
    while (steps * 8.0 < span && span >= 4.0 * stepsPerEpoch) {
      span /= 2;
    }
    return Math.max(1, span);
  }

  /** The epoch that a step belongs to, counted from 1. */
  int epochOf(double step) {
    int epoch = 1;
    while (epoch <= epochEnds.size() && epochEnds.steps()[epoch - 1] < step) {
      epoch++;
    }
    return epoch;
  }

  /** One step an epoch: then an epoch is all there is to say about where. */
  String where(double step) {
    return stepsPerEpoch == 1
        ? "epoch " + epochOf(step)
        : epochs == 1 ? "step " + Numbers.count((long) step) : "epoch " + epochOf(step);
  }

  private String status() {
    var of = epochs == 1 ? "" : " " + epoch + " of " + epochs;
    return switch (state) {
      case RUNNING -> "epoch " + epoch + "/" + epochs;
      case FINISHED -> "trained " + epochs + (epochs == 1 ? " epoch" : " epochs");
      case STOPPED -> "stopped in epoch" + of;
      case FAILED -> "stopped by an error in epoch" + of;
      case INTERRUPTED -> "interrupted in epoch" + of;
    };
  }

  /** Time and throughput. */
  private List<String> pace() {
    var facts = new ArrayList<String>();
    if (state == Run.State.RUNNING) {
      facts.add(Numbers.percent(fraction()));
    }
    if (steps > 0 && seconds > 0) {
      if (samples > 0) {
        facts.add(Numbers.shortCount(samples / seconds) + " samples/s");
      } else {
        facts.add(Numbers.shortCount(steps / seconds) + " steps/s");
      }
    }
    if (constantLearningRate()) {
      facts.add("learning rate " + Numbers.of(series.get(Run.LEARNING_RATE).last()));
    }
    if (seconds > 0) {
      facts.add(Numbers.duration(seconds));
    }
    timeLeft().ifPresent(facts::add);
    return facts;
  }

  private Optional<String> timeLeft() {
    double done = fraction();
    return state == Run.State.RUNNING && done > 0 && seconds > 0.5
        ? Optional.of(Numbers.duration(seconds * (1 - done) / done) + " left")
        : Optional.empty();
  }

  private String troubleText() {
    return "%s became %s at step %s (epoch %s)"
        .formatted(
            trouble.name(),
            Numbers.of(trouble.value()),
            Numbers.count((long) trouble.step()),
            epochOf(trouble.step()));
  }

  private String progress() {
    var colour =
        switch (state) {
          case RUNNING -> trouble == null ? Palette.LINES.get(0) : Palette.ALARM;
          case FINISHED -> Palette.LINES.get(2);
          case STOPPED, FAILED, INTERRUPTED -> Palette.ALARM;
        };
    return "<div style=\"display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;margin:2px 0 6px 0\"><b>%s</b> <div style=\"flex:1 1 140px;height:8px;border-radius:4px;overflow:hidden;background:rgba(128,128,128,.25)\"><div style=\"width:%s%%;height:8px;border-radius:4px;background:%s\"></div></div> <span style=\"opacity:.75\">%s</span></div>"
        .formatted(
            Html.escape(status()),
            Svg.at(fraction() * 100),
            colour,
            Html.escape(String.join(" · ", pace())));
  }

  /** What the loop logged, without the optimizer's own series. */
  List<Metric> metrics() {
    return series.entrySet().stream()
        .filter(e -> !isOptimizers(e.getKey()))
        .map(e -> new Metric(e.getKey(), MetricName.of(e.getKey()), e.getValue()))
        .toList();
  }

  private static boolean isOptimizers(String name) {
    return name.equals(Run.LEARNING_RATE) || name.equals(Run.GRADIENT_NORM);
  }

  /** Then a word tells it better than a strip. */
  boolean constantLearningRate() {
    var rates = series.get(Run.LEARNING_RATE);
    if (rates == null) {
      return false;
    }
    for (int i = 1; i < rates.size(); i++) {
      if (rates.values()[i] != rates.values()[0]) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are several values an epoch, so that their noise needs smoothing. */
  boolean noisy(Points points) {
    return points.size() > 40 && points.size() > 2 * Math.max(1, epochEnds.size());
  }

  /** Whether values were logged within epochs and not only at their ends. */
  private boolean ofSteps(Points points) {
    boolean hasSteps = stepsPerEpoch > 1 || (stepsPerEpoch == 0 && epochs > 1);
    return hasSteps && points.size() > epochEnds.size() + 1;
  }

  /** How many points the smoothing spans. */
  double smoothing() {
    return Math.clamp(span() / 40, 8, 400);
  }

  /** A logged series with its name taken apart. */
  record Metric(String name, MetricName meaning, Points points) {
    double latest() {
      return points.last();
    }

    /** The place of the best value; -1 for series of steps, whose best is noise. */
    int best(TrainingView view) {
      return view.noisy(points) || view.ofSteps(points) ? -1 : points.best(meaning.goal());
    }

    String bestText(TrainingView view) {
      int best = best(view);
      return best < 0 || points.size() < 2
          ? ""
          : " (best %s, %s)"
              .formatted(Numbers.of(points.values()[best]), view.where(points.steps()[best]));
    }
  }

  private String table() {
    var rows = new StringBuilder(Html.TABLE.formatted("font-size:12px"));
    rows.append(Html.ROW);
    for (var head : List.of("", "latest", "smoothed", "best")) {
      rows.append(
          "<td align=\"%s\" style=\"padding:1px 14px 1px 0;opacity:.6\">%s</td>"
              .formatted(head.isEmpty() ? "left" : "right", head));
    }
    rows.append("</tr>");
    for (var metric : metrics()) {
      var smooth =
          noisy(metric.points()) ? Numbers.of(metric.points().smoothed(smoothing()).last()) : "";
      int best = metric.best(this);
      var bestText =
          best < 0
              ? ""
              : Numbers.of(metric.points().values()[best])
                  + " · "
                  + where(metric.points().steps()[best]);
      rows.append(Html.ROW)
          .append(
              "<td align=\"left\" style=\"padding:1px 14px 1px 0;text-align:left\"><span style=\"color:%s\">●</span> %s</td>"
                  .formatted(metric.meaning().colour(), Html.escape(metric.name())));
      for (var value : List.of(Numbers.of(metric.latest()), smooth, bestText)) {
        rows.append(
            "<td align=\"right\" style=\"padding:1px 14px 1px 0\">%s</td>".formatted(value));
      }
      rows.append("</tr>");
    }
    return rows.append("</table>").toString();
  }
}
