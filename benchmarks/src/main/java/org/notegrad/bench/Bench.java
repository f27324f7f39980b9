package org.notegrad.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.notegrad.bench.kernel.KernelBench;
import org.notegrad.launcher.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./notegrad bench}: times Notegrad, beside PyTorch if asked. */
@Command(
    name = "./notegrad bench",
    mixinStandardHelpOptions = true,
    subcommands = {FusionBench.class, KernelBench.class},
    description = "Measures Notegrad, beside PyTorch with --peer. A ratio above 1: we are faster.")
public final class Bench implements Callable<Integer> {
  /** Whom to measure beside us. */
  enum Peer {
    none,
    torch,
    libtorch
  }

  @Option(
      names = "--peer",
      description =
          "none, torch (Python's, 5.3 GB) or libtorch (through JavaCPP, 113 MB), got on demand")
  private Peer peer = Peer.none;

  @Option(names = "--python", description = "an interpreter that has torch, instead of our own")
  private Path python;

  @Option(names = "--json", description = "also write the results to this file")
  private Path json;

  @Option(names = "--quick", description = "fewer and shorter rounds")
  private boolean quick;

  @Option(names = "--only", description = "only works whose name contains this")
  private String only = "";

  @Option(names = "--threads", description = "only with so many threads (1 and all by default)")
  private Integer threads;

  /** Ends the process with the command's status. */
  public static void main(String[] args) {
    var command = new CommandLine(new Bench());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(CommandFailure::tell);
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    compare(Work.all(), only, quick, threads);
    return 0;
  }

  /** Times works and prints them as they come, beside the peer that was asked for. */
  void compare(List<Work> works, String only, boolean quick, Integer threads)
      throws IOException, InterruptedException {
    try (Side ours = new Ours();
        Side other = peer()) {
      System.out.println(ours.describe());
      if (other != null) {
        System.out.println(other.describe());
      }
      System.out.println(Report.HEADER);
      var comparison =
          new Comparison(ours, other, quick ? 1 : 3, quick ? 0.05 : 0.2, quick ? 5 : 15);
      List<Result> results = new ArrayList<>();
      for (Work work : works) {
        for (int count : threadCounts(work.name(), only, threads)) {
          Result result = comparison.run(work, count);
          results.add(result);
          System.out.println(Report.line(result));
        }
      }
      if (json != null) {
        String name = other == null ? null : other.describe();
        var report = new Report(ours.describe(), name, Report.thisMachine(), results);
        JsonFile.write(json, report);
      }
    }
  }

  /** With how many threads a work is timed; none if its name does not contain {@code only}. */
  List<Integer> threadCounts(String work, String only, Integer threads) {
    if (!work.contains(only)) {
      return List.of();
    }
    int all = Runtime.getRuntime().availableProcessors();
    if (threads != null) {
      return List.of(threads);
    }
    return all == 1 ? List.of(1) : List.of(1, all);
  }

  private Side peer() throws IOException, InterruptedException {
    return switch (peer) {
      case none -> null;
      case torch -> TorchPeer.start(python != null ? python : PythonPeer.torch());
      case libtorch ->
          ServiceLoader.load(Side.class)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException(
                      "libtorch is not on the class path; ./notegrad bench --peer libtorch"
                          + " puts it there"));
    };
  }
}
