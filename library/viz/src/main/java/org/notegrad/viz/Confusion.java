package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.notegrad.Tensor;

/**
 * A confusion matrix: rows are the true classes, columns the predicted ones. Hits are tinted blue
 * and misses orange, by their share of the row; beside each class stands its recall and below it
 * its precision.
 */
public final class Confusion implements View {
  private static final int MAX_TABLE = 20;
  private static final int WORST = 5;
  private static final String HEAD =
      "<td align=\"right\" style=\"padding:3px 7px;opacity:.6\">%s</td>";

  private final Tensor matrix;
  private final long[][] counts;
  private final List<String> labels;

  private Confusion(Tensor matrix, List<String> labels) {
    this.matrix = matrix;
    this.labels = labels;
    int n = matrix.size(0);
    var flat = matrix.toLongArray();
    this.counts = new long[n][n];
    for (int i = 0; i < flat.length; i++) {
      counts[i / n][i % n] = flat[i];
    }
  }

  /**
   * The view of a matrix of counts, as they are now.
   *
   * @param matrix of shape {@code (classes, classes)}, the true class first
   * @param labels the classes' names; none for 0, 1, 2, ...
   */
  public static Confusion confusion(Tensor matrix, String... labels) {
    if (matrix.rank() != 2 || matrix.size(0) != matrix.size(1)) {
      throw new IllegalArgumentException(
          "confusion: given shape %s, expected (classes, classes)".formatted(matrix.shape()));
    }
    int n = matrix.size(0);
    if (labels.length != 0 && labels.length != n) {
      throw new IllegalArgumentException(
          "confusion: given %s labels for %s classes".formatted(labels.length, n));
    }
    var names =
        labels.length == 0
            ? IntStream.range(0, n).mapToObj(Integer::toString).toList()
            : List.of(labels);
    return new Confusion(matrix.detach().clone(), names);
  }

  /** Of all samples, the share on the diagonal. */
  public double accuracy() {
    long hits = IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
    return (double) hits / total();
  }

  /** Of the samples of a class, the share that was recognised; NaN where there are none. */
  public double recall(int label) {
    return (double) counts[label][label] / rowTotal(label);
  }

  /** Of the samples taken for a class, the share that belongs to it; NaN where there are none. */
  public double precision(int label) {
    long predicted = 0;
    for (var row : counts) {
      predicted += row[label];
    }
    return (double) counts[label][label] / predicted;
  }

  private long rowTotal(int label) {
    long sum = 0;
    for (long count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  private long total() {
    return IntStream.range(0, counts.length).mapToLong(this::rowTotal).sum();
  }

  private record Miss(int actual, int predicted, long count) {}

  /** The most frequent mistakes, the first of equals first. */
  private List<Miss> worst() {
    var misses = new ArrayList<Miss>();
    for (int r = 0; r < counts.length; r++) {
      for (int c = 0; c < counts.length; c++) {
        if (r != c && counts[r][c] > 0) {
          misses.add(new Miss(r, c, counts[r][c]));
        }
      }
    }
    misses.sort(Comparator.comparingLong(Miss::count).reversed());
    return misses.subList(0, Math.min(WORST, misses.size()));
  }

  private String headline() {
    long hits = IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
    return "accuracy %s (%s of %s)"
        .formatted(Numbers.of(accuracy()), Numbers.count(hits), Numbers.count(total()));
  }

  private String mistakes() {
    return worst().stream()
        .map(m ->
            "%s taken for %s (%s)"
                .formatted(
                    labels.get(m.actual()), labels.get(m.predicted()), Numbers.count(m.count())))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String text() {
    var recalls =
        IntStream.range(0, counts.length)
            .limit(MAX_TABLE)
            .mapToObj(i ->
                labels.get(i) + ": " + (Double.isNaN(recall(i)) ? "–" : Numbers.percent(recall(i))))
            .collect(Collectors.joining("  "));
    return headline()
        + "\nrecall  "
        + recalls
        + (worst().isEmpty() ? "" : "\nmost frequent mistakes  " + mistakes())
        + "\n"
        + matrix;
  }

  @Override
  public String html() {
    var page = new Page("<div style=\"font-size:13px;line-height:1.5\">");
    page.add(
        "headline",
        "<div style=\"margin:0 0 4px 0\"><b>%s</b> <span style=\"opacity:.65\">· rows are the true classes, columns the predicted ones</span></div>"
            .formatted(headline()));
    page.add("matrix", counts.length <= MAX_TABLE ? table() : map());
    if (!worst().isEmpty()) {
      page.add(
          "mistakes", Html.NOTE.formatted("most frequent mistakes · " + Html.escape(mistakes())));
    }
    return page.close("</div>");
  }

  private String map() {
    var stats = Stats.of(matrix.toDoubleArray(), true);
    return new HeatMap(HeatMap.read(matrix, TensorView.MAX_SIDE), Colours.of(stats)).html();
  }

  private String table() {
    var out = new StringBuilder(Html.TABLE.formatted("font-size:12px"));
    out.append(Html.ROW).append(HEAD.formatted(""));
    labels.forEach(label -> out.append(HEAD.formatted(Html.escape(label))));
    out.append(HEAD.formatted("recall")).append("</tr>");
    for (int r = 0; r < counts.length; r++) {
      out.append(Html.ROW).append(HEAD.formatted(Html.escape(labels.get(r))));
      for (int c = 0; c < counts.length; c++) {
        out.append(cell(r, c));
      }
      out.append(HEAD.formatted("<b>" + percent(recall(r)) + "</b>")).append("</tr>");
    }
    out.append(Html.ROW).append(HEAD.formatted("precision"));
    for (int c = 0; c < counts.length; c++) {
      out.append(HEAD.formatted(percent(precision(c))));
    }
    return out.append(HEAD.formatted("")).append("</tr></table>").toString();
  }

  /** Misses are rare in a good model, so even a single one is tinted well. */
  private String cell(int r, int c) {
    long count = counts[r][c];
    double share = rowTotal(r) == 0 ? 0 : (double) count / rowTotal(r);
    double tint = r == c ? share : count == 0 ? 0 : -0.25 - 0.75 * Math.sqrt(share);
    return "<td align=\"right\" title=\"%s taken for %s: %s\" style=\"background:%s;padding:3px 7px;min-width:34px\">%s</td>"
        .formatted(
            Html.escape(labels.get(r)),
            Html.escape(labels.get(c)),
            Numbers.count(count),
            Palette.tint(tint),
            count == 0 ? "<span style=\"opacity:.35\">0</span>" : Numbers.count(count));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : Html.escape(Numbers.percent(share));
  }
}
