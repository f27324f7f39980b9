package org.notegrad.viz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.notegrad.DType;
import org.notegrad.Tensor;

/**
 * A tensor: its type, shape and size, statistics, its elements as a table of tinted numbers or a
 * heat map, a histogram, its values and its gradient.
 */
record TensorView(Tensor tensor) implements View {
  /** The most rows and columns of a heat map; a gradient beside its tensor gets half as many. */
  static final int MAX_SIDE = 128;

  private static final int MAX_VALUE_CHARS = 5_000;
  private static final int MAX_TEXT_CHARS = 16_000;
  private static final String FACT = "<span><span style=\"opacity:.6\">%s</span> <b>%s</b></span>";

  @Override
  public String text() {
    var out = new StringBuilder(String.join(" · ", facts(tensor)));
    if (tensor.numel() > 0) {
      var sample = Sample.of(tensor);
      if (tensor.numel() > 1) {
        out.append('\n');
        statistics(sample.stats(), tensor.dtype())
            .forEach((name, value) -> out.append(name).append(' ').append(value).append("  "));
        out.append(sample.note());
      }
    }
    return out.append('\n').append(shortened(tensor.toString(), MAX_TEXT_CHARS)).toString();
  }

  @Override
  public String html() {
    return html("");
  }

  /** With a name of ours before the header. */
  String html(String name) {
    var page = new Page("<div style=\"font-size:13px;line-height:1.5\">");
    page.add("header", header(name));
    page.add("picture", body(tensor, MAX_SIDE));
    if (tensor.numel() > 1) {
      page.add("values", details("values", values(tensor)));
    }
    var gradient = tensor.grad();
    if (gradient != null) {
      var summary = "gradient · norm " + Numbers.of(gradient.detach().norm().item());
      page.add("gradient", details(summary, body(gradient, MAX_SIDE / 2)));
    }
    return page.close("</div>");
  }

  private String header(String name) {
    var facts = facts(tensor);
    return "<div style=\"margin:0 0 6px 0\">%s<b>%s</b> <span style=\"opacity:.65\">%s</span></div>"
        .formatted(
            name.isEmpty() ? "" : "<b>" + name + "</b> &#160; ",
            Html.escape(facts.getFirst()),
            Html.escape("· " + String.join(" · ", facts.subList(1, facts.size()))));
  }

  /** Type and shape first, then whatever else is known. */
  private static List<String> facts(Tensor tensor) {
    var facts = new ArrayList<String>();
    facts.add(tensor.describe());
    facts.add(Numbers.bytes((double) tensor.numel() * tensor.dtype().bytes()));
    facts.add(tensor.device().toString());
    if (tensor.gradFn() != null) {
      facts.add("from " + tensor.gradFn().name());
    } else if (tensor.requiresGrad()) {
      facts.add("requires grad");
    }
    if (!tensor.isContiguous()) {
      facts.add("not contiguous");
    }
    return facts;
  }

  /** Statistics, picture and histogram, as far as the tensor has something to show. */
  private static String body(Tensor tensor, int maxSide) {
    if (tensor.numel() == 0) {
      return Html.NOTE.formatted("no elements");
    }
    if (tensor.numel() == 1) {
      return "<div style=\"font-size:22px\">%s</div>"
          .formatted(Cells.of(tensor, 1, 1, 1).text(tensor.detach().toDoubleArray()[0]));
    }
    var sample = Sample.of(tensor);
    return statisticsHtml(sample, tensor.dtype())
        + "<div style=\"display:flex;flex-wrap:wrap;gap:12px 28px;align-items:flex-start;margin:6px"
        + " 0\"><div style=\"max-width:100%\">"
        + picture(tensor, sample.stats(), maxSide)
        + "</div><div>"
        + (tensor.dtype() == DType.BOOL ? "" : histogram(sample.stats()))
        + "</div></div>";
  }

  private static String histogram(Stats stats) {
    return stats.finite() < 2 ? "" : Histogram.image(stats);
  }

  private static String picture(Tensor tensor, Stats stats, int maxSide) {
    var colours = Colours.of(stats);
    if (CellTable.fits(tensor.shape().toArray(), tensor.numel())) {
      return CellTable.html(
          Cells.of(tensor, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
          colours,
          stats);
    }
    if (tensor.rank() == 1) {
      return VectorPlot.html(tensor);
    }
    return new HeatMap(HeatMap.read(tensor, maxSide), colours).html();
  }

  private static SequencedMap<String, String> statistics(Stats stats, DType dtype) {
    var facts = new LinkedHashMap<String, String>();
    if (dtype == DType.BOOL) {
      long set = stats.count() - stats.zeros();
      facts.put(
          "true", Numbers.count(set) + " (" + Numbers.percent((double) set / stats.count()) + ")");
      facts.put("false", Numbers.count(stats.zeros()));
      return facts;
    }
    facts.put("min", Numbers.of(stats.min()));
    facts.put("mean", Numbers.of(stats.mean()));
    facts.put("std", Numbers.of(stats.std()));
    facts.put("max", Numbers.of(stats.max()));
    if (dtype.isFloating()) {
      facts.put("nan", Numbers.count(stats.nans()));
      facts.put("inf", Numbers.count(stats.positiveInfinities() + stats.negativeInfinities()));
    }
    if (stats.zeros() > 0) {
      facts.put("zeros", Numbers.percent((double) stats.zeros() / stats.count()));
    }
    return facts;
  }

  private static String statisticsHtml(Sample sample, DType dtype) {
    var stats = sample.stats();
    var facts =
        new StringJoiner(" ", "<div style=\"display:flex;flex-wrap:wrap;gap:2px 18px\">", "</div>");
    statistics(stats, dtype)
        .forEach((name, value) -> {
          boolean bad = (name.equals("nan") || name.equals("inf")) && !value.equals("0");
          var fact = FACT.formatted(name, Html.escape(value));
          facts.add(
              bad ? "<span style=\"color:%s\">%s</span>".formatted(Palette.ALARM, fact) : fact);
        });
    return facts + (sample.note().isEmpty() ? "" : Html.NOTE.formatted(sample.note()));
  }

  private static String values(Tensor tensor) {
    return "<pre style=\"margin:2px 0;font-size:12px;overflow:auto;max-height:320px\">"
        + Html.escape(shortened(tensor.toString(), MAX_VALUE_CHARS))
        + "</pre>";
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + " …";
  }

  private static String details(String summary, String content) {
    return "<details><summary style=\"cursor:pointer;opacity:.75\">%s</summary><div style=\"margin:4px 0 4px 14px\">%s</div></details>"
        .formatted(summary, content);
  }
}
