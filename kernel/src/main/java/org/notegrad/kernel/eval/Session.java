package org.notegrad.kernel.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jshell.JShell;
import org.notegrad.kernel.eval.weave.CellStopped;

/** What the cells of one evaluator share, and the run of the one that is running. */
final class Session implements AutoCloseable {

  final TopLevelVariables variables;
  final Sources sources;
  final Tracebacks tracebacks;
  final LocalControl control;
  final JShell shell;
  private final CellThread thread;
  private volatile CellRun run;

  Session(List<String> compilerOptions) {
    var loader = new UserClassLoader(Session.class.getClassLoader());
    variables = new TopLevelVariables(loader);
    sources = new Sources(variables);
    tracebacks = new Tracebacks(sources);
    thread = new CellThread(loader);
    control = new LocalControl(loader, variables, sources, this::run);
    shell =
        JShell.builder()
            .executionEngine(control, Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
  }

  void addToClassPath(Path path) {
    shell.addToClasspath(path.toAbsolutePath().toString());
  }

  /** Starts a cell's run. */
  void begin(Cell cell) {
    run = new CellRun(cell);
  }

  synchronized void end() {
    run.finish();
    run = null;
  }

  /** Cancels the run, if there is one. May be called from any thread. */
  synchronized void interrupt() {
    if (run != null && !run.isCancelled()) {
      Stopper.stop(run);
    }
  }

  boolean isCancelled() {
    return run.isCancelled();
  }

  /** Runs a body on the cell thread, for the cell whose run this is. */
  CellThread.Outcome run(Callable<?> body) {
    return run.isCancelled()
        ? new CellThread.Outcome.Threw(new CellStopped())
        : thread.run(run, body);
  }

  /** What to report of a cell that threw. */
  CellResult threw(Throwable thrown) {
    if (run.isCancelled()) {
      return interrupted(thrown);
    }
    return switch (run(() -> tracebacks.failure(thrown))) {
      case CellThread.Outcome.Returned(CellResult.Failure failure) -> failure;
      case CellThread.Outcome.Abandoned abandoned -> abandoned(abandoned.thread());
      case CellThread.Outcome.Returned _, CellThread.Outcome.Threw _ -> {
        var name = Tracebacks.name(thrown);
        yield new CellResult.Failure(name, "", List.of(Ansi.BOLD_RED.paint(name)));
      }
    };
  }

  /**
   * What to report of a cell that stopped when it was told to.
   *
   * @param thrown what it ended with; null if nothing
   */
  CellResult interrupted(Throwable thrown) {
    var lines = new ArrayList<String>();
    lines.add(Ansi.BOLD_RED.paint("Interrupted") + ": " + run.cell().label() + " was stopped");
    if (thrown != null) {
      lines.addAll(tracebacks.places(thrown));
    }
    return new CellResult.Interrupted(lines);
  }

  /** What to report of a cell that did not stop. */
  CellResult abandoned(Thread left) {
    var name = left.getName();
    return new CellResult.Abandoned(
        name,
        List.of(
            Ansi.BOLD_RED.paint("Interrupted")
                + ": "
                + run.cell().label()
                + " did not stop within a second",
            "It is in code that can't be stopped, and goes on in thread \"" + name + "\":",
            tracebacks.whereIs(left),
            "The next cell runs on a new thread. To be rid of the old one, restart the kernel."));
  }

  @Override
  public void close() {
    thread.close();
    shell.close();
  }
}
