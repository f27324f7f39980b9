package org.notegrad.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.notegrad.bench.PythonPeer;
import org.notegrad.launcher.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./notegrad fuzz}: runs random programs beside PyTorch. */
@Command(
    name = "./notegrad fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Runs random programs in Notegrad and in PyTorch (5.3 GB, got on demand) and compares"
          + " values,",
      "first and second gradients and refusals. Ends with status 1 if one differs.",
      "docs/fuzzing.md tells more."
    })
public final class Fuzz implements Callable<Integer> {
  /** How often PyTorch rounds otherwise at first, and before a difference counts. */
  private static final int FEW = 3;

  private static final int MANY = 64;
  private static final int RECORDING = 8;
  private static final int MOST_SMALLER = 1500;

  @Option(names = "--seed", description = "of the first program; each next has the next (1)")
  private long seed = 1;

  @Option(names = "--programs", description = "how many (1000)")
  private int programs = 1000;

  @Option(names = "--only", description = "every program uses this operation")
  private String only;

  @Option(names = "--most", description = "stop after so many differences (1)")
  private int most = 1;

  @Option(names = "--whole", description = "tell differences in a line, and don't make them small")
  private boolean whole;

  @Option(
      names = "--record",
      description = "use small tensors, and keep programs that agree in a file")
  private Path record;

  @Option(names = "--python", description = "an interpreter that has torch, instead of our own")
  private Path python;

  private final Map<Difference, Integer> documented = new EnumMap<>(Difference.class);
  private final List<Recorded> kept = new ArrayList<>();
  private long compared;
  private long untold;
  private volatile int done;
  private volatile int differences;

  /** Ends the process with the command's status. */
  public static void main(String[] args) {
    var command = new CommandLine(new Fuzz());
    command.setExecutionExceptionHandler(CommandFailure::tell);
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (only != null && !Ops.names().contains(only)) {
      throw new CommandFailure(
          "There is no operation '%s'. There are %s.", only, String.join(", ", Ops.names()));
    }
    try (Torch torch = Torch.start(python != null ? python : PythonPeer.torch())) {
      System.out.println(torch.version());
      var interrupted = new Thread(() -> stopped(torch));
      Runtime.getRuntime().addShutdownHook(interrupted);
      var progress = new Progress(programs);
      for (int i = 0; i < programs && differences < most; i++) {
        check(torch, make(seed + i));
        progress.tell(++done, differences);
      }
      if (record != null && done == programs) {
        Recorded.write(record, kept);
        System.out.printf("%d programs that agree are in %s%n", kept.size(), record);
      }
      Runtime.getRuntime().removeShutdownHook(interrupted);
      summary();
      return differences == 0 ? 0 : 1;
    }
  }

  /** On Ctrl-C. */
  private void stopped(Torch torch) {
    torch.close();
    System.err.printf(
        "stopped after %d programs with %d differences; the next has seed %d%n",
        done, differences, seed + done);
  }

  private Program make(long at) {
    return Maker.make(at, record != null ? Maker.Sizes.SMALL : Maker.Sizes.USUAL, only);
  }

  private void check(Torch torch, Program program) throws IOException {
    torch.send(program, record != null ? RECORDING : FEW);
    Answer ours = Ours.answer(program);
    Answer theirs = torch.receive();
    Verdict verdict = Verdict.of(program, ours, theirs);
    if (!verdict.clean() && record == null) {
      verdict = verdict(torch, program);
    }
    compared += verdict.compared();
    untold += verdict.untold();
    verdict.documented().forEach(difference -> documented.merge(difference, 1, Integer::sum));
    if (!verdict.clean()) {
      differences++;
      tell(torch, program, verdict);
    } else if (record != null) {
      kept.add(Recorded.of(program, theirs));
    }
  }

  private static Verdict verdict(Torch torch, Program program) throws IOException {
    return Verdict.of(program, Ours.answer(program), torch.answer(program, MANY));
  }

  private static boolean differs(Torch torch, Program program) {
    try {
      return !verdict(torch, program).clean();
    } catch (IOException e) {
      throw new UncheckedIOException("asking PyTorch", e);
    }
  }

  private void tell(Torch torch, Program program, Verdict verdict) throws IOException {
    if (whole) {
      System.out.printf(
          "seed %d, %s, %s: %s%n",
          program.seed(),
          verdict.place(),
          program.steps().stream().map(Program.Step::op).toList(),
          verdict.what().replace("\n", " | "));
      return;
    }
    Program small =
        new Shrinker(candidate -> differs(torch, candidate), MOST_SMALLER).shrink(program);
    Verdict smallVerdict = verdict(torch, small);
    System.out.printf(
        "%nA difference at %s (./notegrad fuzz --programs 1 --seed %d%s)%n%s%n%n%s%n%s%n",
        smallVerdict.place(),
        program.seed(),
        only == null ? "" : " --only " + only,
        smallVerdict.what(),
        Snippet.java(small),
        Snippet.python(small));
  }

  private void summary() {
    System.out.printf(
        "%d programs, %d differences; %d elements compared, %d left to rounding%n",
        done, differences, compared, untold);
    documented.forEach(
        (difference, count) -> System.out.printf("  %6d  %s%n", count, difference.what()));
  }
}
