package org.notegrad.viz;

import java.util.LinkedHashMap;
import org.notegrad.train.History;

/** A history as panels of lines with the latest and the best values. */
record HistoryView(History history) implements View {
  @Override
  public String text() {
    return history.names().isEmpty() ? "nothing logged yet" : frame().metricsText();
  }

  @Override
  public String html() {
    return history.names().isEmpty()
        ? Html.NOTE.formatted("nothing logged yet")
        : frame()
            .chartAndTable(new Page("<div style=\"font-size:13px;line-height:1.5\">"))
            .close("</div>");
  }

  /** A run of one epoch whose steps reach to the last one logged. */
  private TrainingView frame() {
    var points = new LinkedHashMap<String, Series.Points>();
    double last = 0;
    for (var name : history.names()) {
      var steps = history.steps(name);
      points.put(name, new Series.Points(steps, history.values(name), steps.length));
      last = Math.max(last, steps[steps.length - 1]);
    }
    return new TrainingView(
        Run.State.FINISHED,
        1,
        1,
        (long) Math.ceil(last),
        0,
        0,
        true,
        0,
        0,
        points,
        new Series().soFar(),
        null);
  }
}
