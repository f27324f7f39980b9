package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.notegrad.viz.Svg.Anchor;

/** One panel of lines over a common horizontal axis, drawn into a box of a picture. */
final class LineChart {
  /** How a line is drawn. */
  enum Style {
    /** Pale and thin: the raw values behind a smoothed line. */
    FAINT,
    SOLID,
    /** With a dot at each point. */
    DOTTED
  }

  /**
   * Points in the order of growing x. Values that are not finite leave a gap.
   *
   * @param label written beside the title in the line's colour; empty for none
   */
  record Line(String label, String colour, Style style, double[] x, double[] y) {}

  /** A ring around a point. */
  record Mark(double x, double y, String colour) {}

  /** A vertical line across the panel, with its label: something happened here. */
  record Event(double x, String colour, String label) {}

  /** A tick of the horizontal axis. */
  record Tick(double x, String label) {}

  private static final int LEFT = 46;
  private static final int TOP = 22;
  private static final int BOTTOM = 20;
  private static final int RIGHT = 8;

  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Tick> ticks = new ArrayList<>();
  private String horizontalUnit = "";
  private final double lowX;
  private final double highX;

  LineChart(String title, double lowX, double highX) {
    this.title = title;
    this.lowX = lowX;
    this.highX = highX;
  }

  /** What the ticks count, written beside them. */
  LineChart horizontalUnit(String unit) {
    horizontalUnit = unit;
    return this;
  }

  LineChart add(Line line) {
    lines.add(line);
    return this;
  }

  LineChart add(Mark mark) {
    marks.add(mark);
    return this;
  }

  LineChart add(Event event) {
    events.add(event);
    return this;
  }

  LineChart add(Tick tick) {
    ticks.add(tick);
    return this;
  }

  void draw(Svg svg, double x, double y, double width, double height) {
    var across = Scale.linear(lowX, highX, x + LEFT, x + width - RIGHT);
    var up = vertical(y + height - BOTTOM, y + TOP);
    frame(svg, x, y, width, across, up);
    for (var line : lines) {
      line(svg, line, across, up);
    }
    for (var event : events) {
      event(svg, event, across, up);
    }
    for (var mark : marks) {
      mark(svg, mark, across, up);
    }
  }

  /** Spans the values; from faint lines, which may have outliers, only all but 1 % at each end. */
  private Scale vertical(double bottom, double top) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (var line : lines) {
      var finite = Arrays.stream(line.y()).filter(Double::isFinite).sorted().toArray();
      if (finite.length > 0) {
        int cut = line.style() == Style.FAINT ? finite.length / 100 : 0;
        low = Math.min(low, finite[cut]);
        high = Math.max(high, finite[finite.length - 1 - cut]);
      }
    }
    if (low > high) {
      return Scale.linear(0, 1, bottom, top);
    }
    if (low > 0 && high / low > 40) {
      return Scale.logarithmic(low / 1.1, high * 1.1, bottom, top);
    }
    double margin = (high - low) * 0.05;
    double floor = low >= 0 && low < high / 3 ? 0 : low - margin;
    return Scale.linear(floor, high + margin, bottom, top);
  }

  private void frame(Svg svg, double x, double y, double width, Scale across, Scale up) {
    svg.text(x + LEFT, y + 12, Anchor.START, "font-weight=\"600\"", title(up));
    labels(svg, x + width - RIGHT, y + 12);
    svg.group("stroke=\"" + Palette.INK + "\" stroke-opacity=\".22\"");
    var values = up.ticks(up.log() ? 5 : 4);
    for (double value : values) {
      svg.line(x + LEFT, up.at(value), x + width - RIGHT, up.at(value), "");
    }
    svg.end();
    double lastLabel = Double.POSITIVE_INFINITY;
    for (double value : values) {
      if (lastLabel - up.at(value) > 12) {
        svg.text(x + LEFT - 5, up.at(value) + 4, Anchor.END, "", Numbers.significant(value, 3));
        lastLabel = up.at(value);
      }
    }
    svg.line(
        x + LEFT,
        up.from() + 0.5,
        x + width - RIGHT,
        up.from() + 0.5,
        "stroke=\"" + Palette.INK + "\"");
    svg.text(x + LEFT - 12, up.from() + 14, Anchor.END, "", horizontalUnit);
    for (var tick : ticks) {
      double at = across.at(tick.x());
      boolean atEdge = at + tick.label().length() * 3.2 > x + width;
      svg.text(
          atEdge ? x + width : at,
          up.from() + 14,
          atEdge ? Anchor.END : Anchor.MIDDLE,
          "",
          tick.label());
    }
  }

  private String title(Scale up) {
    return up.log() ? title + " (log)" : title;
  }

  /** The lines' names at the right end of the title, each in its colour. */
  private void labels(Svg svg, double right, double y) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      var line = lines.get(i);
      if (!line.label().isEmpty()) {
        svg.text(
            right,
            y,
            Anchor.END,
            "fill=\"" + line.colour() + "\" font-weight=\"600\"",
            line.label());
        right -= line.label().length() * 6.1 + 10;
      }
    }
  }

  private static void line(Svg svg, Line line, Scale across, Scale up) {
    var path = new StringBuilder();
    var dots = new ArrayList<double[]>();
    boolean pen = false;
    for (int i = 0; i < line.x().length; i++) {
      double v = line.y()[i];
      if (!Double.isFinite(v) || (up.log() && v <= 0)) {
        pen = false;
        continue;
      }
      double px = across.at(line.x()[i]);
      double py = Math.clamp(up.at(v), up.to() - 2, up.from() + 1);
      path.append(pen ? 'L' : 'M').append(Svg.at(px)).append(' ').append(Svg.at(py));
      dots.add(new double[] {px, py});
      pen = true;
    }
    if (dots.isEmpty()) {
      return;
    }
    var look =
        switch (line.style()) {
          case FAINT -> "stroke-width=\"1\" stroke-opacity=\".38\"";
          case SOLID, DOTTED -> "stroke-width=\"2\"";
        };
    svg.element(
        "path",
        "d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-linejoin=\"round\" stroke-linecap=\"round\" %s"
            .formatted(path, line.colour(), look));
    if (dots.size() == 1 || (line.style() == Style.DOTTED && dots.size() <= 60)) {
      for (var dot : dots) {
        svg.circle(dot[0], dot[1], 2.6, "fill=\"" + line.colour() + "\"");
      }
    }
  }

  private static void event(Svg svg, Event event, Scale across, Scale up) {
    double x = across.at(event.x());
    svg.line(
        x,
        up.to() - 4,
        x,
        up.from(),
        "stroke=\"%s\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"".formatted(event.colour()));
    boolean right = x < (across.from() + across.to()) / 2;
    svg.text(
        right ? x + 5 : x - 5,
        up.to() + 8,
        right ? Anchor.START : Anchor.END,
        "fill=\"%s\" font-weight=\"600\"".formatted(event.colour()),
        event.label());
  }

  private static void mark(Svg svg, Mark mark, Scale across, Scale up) {
    double x = across.at(mark.x());
    double y = up.at(mark.y());
    svg.circle(x, y, 5, "fill=\"none\" stroke=\"%s\" stroke-width=\"2\"".formatted(mark.colour()));
  }
}
