package org.notegrad.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.notegrad.Notegrad;
import org.notegrad.bench.fusion.FirstStep;
import org.notegrad.bench.fusion.Race;
import org.notegrad.bench.fusion.Races;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./notegrad bench fusion}: fused definitions beside what they replace. */
@Command(
    name = "fusion",
    mixinStandardHelpOptions = true,
    description = {
      "Times optimizers and activations that run as one loop beside loops written by hand and"
          + " beside the same operations one after another, in turn, in one process; then a first"
          + " step in new processes; then, with 'bench --peer torch fusion', beside PyTorch.",
      "Ratios here are our time over the other's: below 1 we are faster."
    })
final class FusionBench implements Callable<Integer> {
  private static final String LINE = "%-18s %7s %13s %13s  %-9s %6s %6s%n";

  @ParentCommand private Bench bench;

  @Option(names = "--json", description = "also write the results to this file")
  private Path json;

  @Option(names = "--quick", description = "fewer and shorter rounds")
  private boolean quick;

  @Option(names = "--only", description = "only works whose name contains this")
  private String only = "";

  @Option(names = "--threads", description = "only with so many threads (1 and all by default)")
  private Integer threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println("Notegrad (" + Notegrad.explain() + "), Java " + Runtime.version());
    System.out.printf(LINE, "work", "threads", "fused", "other", "", "ratio", "goal");
    List<Race.Outcome> outcomes = new ArrayList<>();
    for (Race race : Races.all()) {
      for (int count : bench.threadCounts(race.name(), only, threads)) {
        Notegrad.setThreads(count);
        outcomes.add(print(count, race.run(quick ? 0.05 : 0.2, quick ? 5 : 15)));
      }
    }
    if ("first Adam 4 M".contains(only)) {
      outcomes.add(print(Notegrad.threads(), FirstStep.race(quick ? 3 : 7)));
    }
    bench.compare(Work.fusion(), only, quick, threads);
    if (json != null) {
      JsonFile.write(json, outcomes);
    }
    return 0;
  }

  private static Race.Outcome print(int threads, Race.Outcome outcome) {
    System.out.printf(
        Locale.ROOT,
        LINE,
        outcome.race(),
        threads,
        time(outcome.fused()),
        time(outcome.rival()),
        outcome.other(),
        String.format(Locale.ROOT, "%.2f", outcome.ratio()),
        String.format(Locale.ROOT, "%.2f", outcome.goal()));
    return outcome;
  }

  private static String time(double seconds) {
    return seconds < 1e-3
        ? String.format(Locale.ROOT, "%.1f us", seconds * 1e6)
        : String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
  }
}
