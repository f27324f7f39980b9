package org.notegrad.viz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.notegrad.viz.LineChart.Event;
import org.notegrad.viz.LineChart.Mark;
import org.notegrad.viz.LineChart.Style;
import org.notegrad.viz.LineChart.Tick;
import org.notegrad.viz.Series.Points;

/** The picture of a training: a panel for each metric, strips for what the optimizer did. */
final class TrainingChart {
  private static final int WIDTH = 660;
  private static final int GAP = 16;
  private static final int PANEL = 190;
  private static final int STRIP = 92;
  private static final int MAX_PANELS = 6;
  private static final int MAX_POINTS = 1_600;

  private final TrainingView view;
  private final List<LineChart> panels = new ArrayList<>();
  private final List<LineChart> strips = new ArrayList<>();
  private final int pointsEach;

  TrainingChart(TrainingView view) {
    this.view = view;
    var groups = new LinkedHashMap<String, List<TrainingView.Metric>>();
    for (var metric : view.metrics()) {
      groups.computeIfAbsent(metric.meaning().metric(), m -> new ArrayList<>()).add(metric);
    }
    this.pointsEach = Math.clamp(MAX_POINTS / view.series().size(), 80, 300);
    groups.forEach((name, metrics) -> {
      if (panels.size() < MAX_PANELS) {
        panels.add(panel(name, metrics));
      }
    });
    if (!view.constantLearningRate()) {
      strip(Run.LEARNING_RATE, Palette.LINES.get(2));
    }
    strip(Run.GRADIENT_NORM, Palette.LINES.get(3));
  }

  String html() {
    int perRow = panels.size() == 1 ? 1 : 2;
    int rows = Math.ceilDiv(panels.size(), perRow);
    int height = rows * (PANEL + GAP / 2) + (strips.isEmpty() ? 0 : STRIP + GAP / 2);
    var svg = new Svg(WIDTH, height);
    row(svg, panels, perRow, 0, PANEL);
    row(svg, strips, Math.max(1, strips.size()), rows * (PANEL + GAP / 2), STRIP);
    return svg.image("chart of " + String.join(", ", view.series().sequencedKeySet()));
  }

  private static void row(Svg svg, List<LineChart> charts, int perRow, double y, int height) {
    double width = (WIDTH - (perRow - 1.0) * GAP) / perRow;
    for (int i = 0; i < charts.size(); i++) {
      double x = i % perRow * (width + GAP);
      charts
          .get(i)
          .draw(svg, x, y + Math.floorDiv(i, perRow) * (height + GAP / 2.0), width, height);
    }
  }

  private LineChart panel(String name, List<TrainingView.Metric> metrics) {
    var chart = axes(name);
    for (var metric : metrics) {
      var data = metric.meaning().data();
      boolean plain = metrics.size() == 1 && data.equals("train");
      int best = metric.points().size() > 1 ? metric.best(view) : -1;
      var label = new StringJoiner(" · ");
      if (!plain) {
        label.add(data);
      }
      if (best >= 0) {
        double value = metric.points().values()[best];
        label.add("best " + Numbers.significant(value, 3));
        chart.add(new Mark(metric.points().steps()[best], value, metric.meaning().colour()));
      }
      lines(chart, metric.points(), label.toString(), metric.meaning().colour());
    }
    var trouble = view.trouble();
    if (trouble != null && metrics.stream().anyMatch(m -> m.name().equals(trouble.name()))) {
      chart.add(new Event(trouble.step(), Palette.ALARM, Numbers.of(trouble.value())));
    }
    return chart;
  }

  private void lines(LineChart chart, Points points, String label, String colour) {
    if (view.noisy(points)) {
      chart.add(points.extremes(pointsEach).line("", colour, Style.FAINT));
      var smooth = points.smoothed(view.smoothing()).thinned(pointsEach);
      chart.add(smooth.line(label, colour, Style.SOLID));
    } else {
      chart.add(points.thinned(pointsEach).line(label, colour, Style.DOTTED));
    }
  }

  private void strip(String name, String colour) {
    var points = view.series().get(name);
    if (points != null && points.size() > 1) {
      var chart = axes(name);
      chart.add(points.extremes(pointsEach).line("", colour, Style.SOLID));
      strips.add(chart);
    }
  }

  /** Ticks at ends of epochs, or at steps where there is hardly one or its length is open. */
  private LineChart axes(String title) {
    var chart = new LineChart(title, 0, view.span());
    boolean inEpochs = view.stepsPerEpoch() > 0 && view.span() >= 2.0 * view.stepsPerEpoch();
    double unit = inEpochs ? view.stepsPerEpoch() : 1;
    for (double tick : new Scale(0, view.span() / unit, 0, 1, false).ticks(6)) {
      if (tick == Math.rint(tick)) {
        chart.add(new Tick(tick * unit, Numbers.of(tick)));
      }
    }
    return chart.horizontalUnit(inEpochs ? "epoch" : "step");
  }
}
