package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.notegrad.viz.SummaryRow.State;

/** A summary as an aligned table of text. */
record SummaryText(Summary summary) {
  private static final int MAX_ROWS = 400;

  /** Kept free for what stands below the table. */
  private static final int RESERVE = 4096;

  String text() {
    var rows = new ArrayList<List<String>>();
    boolean shapes = !summary.input().isEmpty();
    rows.add(
        shapes
            ? List.of("layer", "input", "output", "parameters", "multiply-adds")
            : List.of("layer", "parameters"));
    add(summary.root(), "", "", rows, shapes);
    var out = new StringBuilder();
    int left = summary.root().size() - table(rows, out);
    if (left > 0) {
      out.append("… and ").append(Numbers.count(left)).append(" more layers, not shown\n");
    }
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
      SummaryRow layer, String first, String indent, List<List<String>> rows, boolean shapes) {
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

  private static String trained(SummaryRow layer) {
    return layer.parameters() == 0 || layer.trainable() == layer.parameters()
        ? ""
        : layer.trainable() == 0 ? " frozen" : " partly frozen";
  }

  /**
   * The first column to the left, the others to the right. Returns how many rows below the heads of
   * the columns found room.
   */
  private static int table(List<List<String>> rows, StringBuilder out) {
    int[] widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      Arrays.setAll(widths, c -> Math.max(widths[c], row.get(c).length()));
    }
    int bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      var line = line(rows.get(i), widths);
      bytes += Page.size(line);
      if (bytes > View.MAX_BYTES - RESERVE) {
        return i - 1;
      }
      out.append(line);
    }
    return rows.size() - 1;
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      var padding = " ".repeat(widths[c] - row.get(c).length());
      line.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
    }
    return line.append('\n').toString();
  }
}
