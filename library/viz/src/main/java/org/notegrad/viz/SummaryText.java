package org.notegrad.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.notegrad.viz.Layer.State;

/** A summary as an aligned table of text. */
record SummaryText(Summary summary) {
  private static final int MAX_ROWS = 400;

  String text() {
    var rows = new ArrayList<List<String>>();
    boolean shapes = !summary.input().isEmpty();
    rows.add(
        shapes
            ? List.of("layer", "input", "output", "parameters", "multiply-adds")
            : List.of("layer", "parameters"));
    add(summary.root(), "", "", rows, shapes);
    var out = new StringBuilder(table(rows));
    var totals =
        summary.totals().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining("  "));
    out.append(totals);
    if (shapes) {
      out.append("  for input ").append(summary.input());
    }
    summary.failure().ifPresent(failure -> out.append("\nstopped: ").append(reason(failure)));
    return out.toString();
  }

  static String reason(RuntimeException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private void add(
      Layer layer, String first, String indent, List<List<String>> rows, boolean shapes) {
    if (rows.size() > MAX_ROWS) {
      return;
    }
    var name = first + (layer.name().isEmpty() ? "" : layer.name() + ": ") + layer.title();
    var parameters = Numbers.count(layer.parameters()) + trained(layer);
    var ran = layer.ran();
    var output = ran.state() == State.FAILED ? "<-- fails here" : ran.output();
    rows.add(
        shapes
            ? List.of(
                name, ran.input(), output, parameters, Numbers.shortCount(layer.multiplyAdds()))
            : List.of(name, parameters));
    for (int i = 0; i < layer.children().size(); i++) {
      boolean last = i == layer.children().size() - 1;
      add(
          layer.children().get(i),
          indent + (last ? "└─ " : "├─ "),
          indent + (last ? "   " : "│  "),
          rows,
          shapes);
    }
  }

  private static String trained(Layer layer) {
    return layer.parameters() == 0 || layer.trainable() == layer.parameters()
        ? ""
        : layer.trainable() == 0 ? " frozen" : " partly frozen";
  }

  /** The first column to the left, the others to the right. */
  private static String table(List<List<String>> rows) {
    var out = new StringBuilder();
    for (var row : rows) {
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        var padding = " ".repeat(width - row.get(c).length());
        out.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
