package org.notegrad.viz;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a metric's name tells: "val loss" is the metric "loss" of the validation data, and low is
 * good.
 *
 * @param metric the name without the data it was measured on; metrics of one name share a panel
 * @param data "train" (also where the name says nothing), "validation" or "test"
 */
record MetricName(String metric, String data) {
  private static final Pattern PREFIX =
      Pattern.compile(
          "(train|training|val|valid|validation|dev|eval|test)[ _/.:-]+(.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> LOW =
      Set.of("loss", "error", "mse", "mae", "rmse", "nll", "perplexity", "entropy", "err");
  private static final Set<String> HIGH =
      Set.of("accuracy", "acc", "precision", "recall", "f1", "auc", "r2", "score", "iou", "bleu");

  static MetricName of(String name) {
    var match = PREFIX.matcher(name.strip());
    if (!match.matches()) {
      return new MetricName(name.strip(), "train");
    }
    var data =
        switch (match.group(1).toLowerCase(Locale.ROOT)) {
          case "train", "training" -> "train";
          case "test" -> "test";
          default -> "validation";
        };
    return new MetricName(match.group(2), data);
  }

  Series.Goal goal() {
    var words = List.of(metric.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
    if (words.stream().anyMatch(LOW::contains)) {
      return Series.Goal.LOW;
    }
    return words.stream().anyMatch(HIGH::contains) ? Series.Goal.HIGH : Series.Goal.NONE;
  }

  String colour() {
    return switch (data) {
      case "train" -> Palette.LINES.get(0);
      case "validation" -> Palette.LINES.get(1);
      default -> Palette.LINES.get(2);
    };
  }
}
