package org.notegrad.viz;

import java.util.stream.Collectors;
import org.notegrad.viz.SummaryRow.State;

/** A summary as a tree that opens and closes, its numbers in columns. */
record SummaryHtml(Summary summary) {
  /** Bytes that a layer takes beside its line, with the ends of all that it stands in. */
  private static final int AROUND = 2048;

  private static final String CELL =
      "<span style=\"display:inline-block;width:%spx;text-align:right\">%s</span> ";
  private static final String ROW_STYLE =
      "padding:2px 0;border-bottom:1px solid rgba(128,128,128,.18)";

  String html() {
    var page = new Page("<div style=\"font-size:13px;line-height:1.6;max-width:860px\">");
    page.add("header", header());
    summary
        .failure()
        .ifPresent(failure ->
            page.add(
                "failure",
                "<div style=\"margin:4px 0;padding:2px 10px;border-left:3px solid %s\"><b>stopped</b> %s</div>"
                    .formatted(Palette.ALARM, Html.escape(SummaryText.reason(failure)))));
    page.add("columns", columns());
    int left = layer(summary.root(), 0, page);
    if (left > 0) {
      page.add(
          "rest", Html.NOTE.formatted("… and " + Numbers.count(left) + " more layers, not shown"));
    }
    return page.close("</div>");
  }

  private boolean shapes() {
    return !summary.input().isEmpty();
  }

  private String header() {
    var totals =
        summary.totals().entrySet().stream()
            .map(e ->
                "<span style=\"opacity:.6\">%s</span> <b>%s</b>"
                    .formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(" &#160; "));
    var hint =
        shapes()
            ? "for input " + Html.escape(summary.input())
            : "summary(model, 1, …) with the shape of an input shows what goes in and out";
    return "<div style=\"margin:0 0 4px 0\">%s <span style=\"opacity:.6\">&#160; %s</span></div>"
        .formatted(totals, hint);
  }

  private String columns() {
    return "<div style=\"opacity:.6;font-size:11px;%s\">layer %s</div>"
        .formatted(
            ROW_STYLE, cells("input", "output", "parameters", "", "multiply-adds", "activations"));
  }

  private String cells(
      String input,
      String output,
      String parameters,
      String share,
      String multiplyAdds,
      String activations) {
    var cells = new StringBuilder("<span style=\"float:right\">");
    if (shapes()) {
      cells.append(CELL.formatted(104, input)).append(CELL.formatted(104, output));
    }
    cells.append(CELL.formatted(84, parameters)).append(CELL.formatted(64, share));
    if (shapes()) {
      cells.append(CELL.formatted(88, multiplyAdds)).append(CELL.formatted(76, activations));
    }
    return cells.append("</span>").toString();
  }

  /** Returns how many layers found no room. */
  private int layer(SummaryRow layer, int depth, Page page) {
    var line = title(layer) + " " + cells(layer);
    if (!page.hasRoom(Page.size(line) + AROUND)) {
      return layer.size();
    }
    if (layer.children().isEmpty()) {
      page.append(
          "<div style=\"padding-left:14px;%s\">%s</div>"
              .formatted(ROW_STYLE.substring("padding:2px 0;".length()), line));
      return 0;
    }
    page.append(
        "<details%s><summary style=\"cursor:pointer;%s\">%s</summary><div style=\"padding-left:18px\">"
            .formatted(depth < 2 || leadsToFailure(layer) ? " open=\"\"" : "", ROW_STYLE, line));
    int left = 0;
    for (var child : layer.children()) {
      left += layer(child, depth + 1, page);
    }
    page.append("</div></details>");
    return left;
  }

  private static boolean leadsToFailure(SummaryRow layer) {
    return layer.ran().state() == State.FAILED
        || layer.children().stream().anyMatch(SummaryHtml::leadsToFailure);
  }

  private String title(SummaryRow layer) {
    var settings = layer.module().describe();
    var title =
        (layer.name().isEmpty()
                ? ""
                : "<span style=\"opacity:.6\">%s</span> ".formatted(Html.escape(layer.name())))
            + "<b>%s</b>".formatted(Html.escape(layer.module().name()))
            + (settings.isEmpty() ? "" : " " + Html.escape(settings.replace("->", "→")));
    if (layer.parameters() > 0 && layer.trainable() == 0) {
      title += " <span style=\"opacity:.6;font-size:11px\">frozen</span>";
    }
    var ran = layer.ran();
    if (ran.calls() > 1) {
      title += " <span style=\"opacity:.6\">×%s</span>".formatted(ran.calls());
    }
    if (ran.state() == State.FAILED) {
      title += " <b style=\"color:%s\">✗ fails here</b>".formatted(Palette.ALARM);
    }
    return title;
  }

  private String cells(SummaryRow layer) {
    var ran = layer.ran();
    return cells(
        Html.escape(ran.input()),
        Html.escape(ran.output()),
        layer.parameters() == 0 ? "–" : Numbers.count(layer.parameters()),
        share(layer),
        layer.multiplyAdds() == 0 ? "–" : Numbers.shortCount(layer.multiplyAdds()),
        layer.outputBytes() == 0 ? "–" : Numbers.bytes(layer.outputBytes()));
  }

  /** The layer's part of all parameters as a bar, grey where frozen. */
  private String share(SummaryRow layer) {
    if (layer.parameters() == 0 || summary.parameters() == 0) {
      return "";
    }
    double share = (double) layer.parameters() / summary.parameters();
    boolean frozen = layer.trainable() == 0;
    return "<span title=\"%s of all parameters%s\" style=\"display:inline-block;width:56px;height:8px;background:linear-gradient(to right,%s %s%%,rgba(128,128,128,.2) %s%%)\"></span>"
        .formatted(
            Html.escape(Numbers.percent(share)),
            frozen ? ", frozen" : "",
            frozen ? "#8a8f98" : Palette.POSITIVE,
            Svg.at(share * 100),
            Svg.at(share * 100));
  }
}
