package org.notegrad.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a run found.
 *
 * @param ours who we are
 * @param peer who the peer is, or null
 */
public record Report(String ours, String peer, String machine, List<Result> results) {
  static final String HEADER =
      String.format("%-18s %7s %13s %13s %8s", "work", "threads", "Notegrad", "peer", "ratio");

  /** One line of the table. */
  static String line(Result result) {
    return String.format(
        Locale.ROOT,
        "%-18s %7d %13s %13s %8s",
        result.work(),
        result.threads(),
        amount(result, result.seconds()),
        amount(result, result.peerSeconds()),
        Double.isNaN(result.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", result.ratio()));
  }

  private static String amount(Result result, double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    return result.size() == 0
        ? String.format(Locale.ROOT, "%.1f us", seconds * 1e6)
        : String.format(Locale.ROOT, "%.1f %s", result.size() / seconds / 1e9, result.unit());
  }

  /** The operating system, the architecture and the number of processors. */
  public static String thisMachine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
