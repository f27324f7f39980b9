package org.notegrad.kernel.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.notegrad.kernel.eval.Sources.Origin;
import org.notegrad.kernel.eval.Statements.Piece;
import org.notegrad.kernel.eval.weave.CellStopped;

/**
 * Evaluates cells of Java, in this JVM.
 *
 * <p>All methods but {@link #interrupt} and {@link #currentCell} belong to one thread at a time.
 */
public final class JavaEvaluator implements AutoCloseable {

  private static final Cell STARTUP = new Cell(-1, "start-up", "");

  private final EvaluatorOptions options;
  private final UserClassLoader loader;
  private final TopLevelVariables variables;
  private final CellThread thread;
  private final LocalControl control;
  private final JShell shell;
  private final Sources sources;
  private final Tracebacks tracebacks;
  private volatile CellRun run;

  private JavaEvaluator(EvaluatorOptions options) {
    this.options = options;
    loader = new UserClassLoader(JavaEvaluator.class.getClassLoader());
    variables = new TopLevelVariables(loader);
    thread = new CellThread(loader);
    sources = new Sources(variables);
    tracebacks = new Tracebacks(sources);
    control = new LocalControl(loader, variables, sources, this::runOnCellThread);
    shell =
        JShell.builder()
            .executionEngine(control, Map.of())
            .compilerOptions(options.compilerOptions().toArray(String[]::new))
            .build();
  }

  /** Starts an evaluator; its compiler is ready, and warm enough, when this returns. */
  public static JavaEvaluator start(EvaluatorOptions options) {
    var evaluator = new JavaEvaluator(options);
    evaluator.addToClassPath(options.classPath());
    evaluator.startUp();
    return evaluator;
  }

  private void startUp() {
    Thread.setDefaultUncaughtExceptionHandler(
        (_, thrown) -> tracebacks.describe(thrown).forEach(System.err::println));
    var code = String.join("\n", options.imports()) + "\n" + String.join("\n", options.startup());
    switch (evaluate(new Cell(STARTUP.id(), STARTUP.label(), code))) {
      case CellResult.Value _, CellResult.Nothing _ -> {}
      case CellResult.Failure failure ->
          throw new IllegalArgumentException(
              "start-up code failed:\n" + String.join("\n", failure.traceback()));
      case CellResult.Interrupted _, CellResult.Abandoned _ ->
          throw new IllegalStateException("start-up was interrupted");
    }
  }

  /** The {@link Cell#id} of the cell that the calling thread works for; empty outside cells. */
  public static OptionalLong currentCell() {
    var current = CellRun.current();
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.cell().id());
  }

  private CellThread.Outcome runOnCellThread(Callable<?> body) {
    return run.isCancelled()
        ? new CellThread.Outcome.Threw(new CellStopped())
        : thread.run(run, body);
  }

  /** Runs a cell to its end; returns within about a second of an {@link #interrupt}. */
  public CellResult evaluate(Cell cell) {
    run = new CellRun(cell);
    try {
      return new CellEvaluation(cell).result();
    } finally {
      synchronized (this) {
        run.finish();
        run = null;
      }
    }
  }

  /** Interrupts the running cell; does nothing if none runs. May be called from any thread. */
  public synchronized void interrupt() {
    var running = run;
    if (running != null && !running.isCancelled()) {
      Stopper.stop(running);
    }
  }

  /** Evaluates the pieces of one cell in turn. */
  private final class CellEvaluation {

    private final Cell cell;
    private final List<Piece> pieces;

    CellEvaluation(Cell cell) {
      this.cell = cell;
      this.pieces = Statements.split(cell.code());
    }

    CellResult result() {
      CellResult last = new CellResult.Nothing();
      for (int at = 0; at < pieces.size(); at++) {
        if (run.isCancelled()) {
          return interrupted(null);
        }
        last = piece(pieces.get(at), at == pieces.size() - 1);
        switch (last) {
          case CellResult.Value _, CellResult.Nothing _ -> {}
          case CellResult.Failure _, CellResult.Interrupted _, CellResult.Abandoned _ -> {
            return last;
          }
        }
      }
      return last;
    }

    private CellResult piece(Piece piece, boolean isLast) {
      var origin = new Origin(cell, piece, piece.start());
      var source = Statements.source(cell.code(), piece);
      sources.evaluating(origin);
      var events = shell.eval(source);
      var outcome = control.takeOutcome();
      for (var event : events) {
        if (event.causeSnippet() == null && event.status() == Status.REJECTED) {
          return CompileErrors.failure(origin, shell.diagnostics(event.snippet()).toList());
        }
      }
      var result =
          outcome == null ? new CellResult.Nothing() : result(outcome, events, source, isLast);
      events.forEach(this::dropTemporary);
      return result;
    }

    private CellResult result(
        CellThread.Outcome outcome, List<SnippetEvent> events, String source, boolean isLast) {
      return switch (outcome) {
        case CellThread.Outcome.Returned returned -> {
          if (run.isCancelled()) {
            yield interrupted(null);
          }
          boolean shown = isLast && !source.endsWith(";") && hasValue(events.getLast().snippet());
          yield shown ? render(returned.value()) : new CellResult.Nothing();
        }
        case CellThread.Outcome.Threw threw -> ended(threw.thrown());
        case CellThread.Outcome.Abandoned abandoned -> abandoned(abandoned.thread());
      };
    }

    private static boolean hasValue(Snippet snippet) {
      return snippet instanceof ExpressionSnippet || isTemporary(snippet);
    }

    private CellResult render(Object value) {
      return switch (runOnCellThread(() -> options.render().apply(value))) {
        case CellThread.Outcome.Returned returned -> new CellResult.Value(returned.value());
        case CellThread.Outcome.Threw threw -> ended(threw.thrown());
        case CellThread.Outcome.Abandoned abandoned -> abandoned(abandoned.thread());
      };
    }

    private CellResult ended(Throwable thrown) {
      if (run.isCancelled()) {
        return interrupted(thrown);
      }
      return switch (runOnCellThread(() -> tracebacks.failure(thrown))) {
        case CellThread.Outcome.Returned(CellResult.Failure failure) -> failure;
        case CellThread.Outcome.Abandoned abandoned -> abandoned(abandoned.thread());
        case CellThread.Outcome.Returned _, CellThread.Outcome.Threw _ ->
            new CellResult.Failure(
                Tracebacks.name(thrown), "", List.of(Ansi.BOLD_RED.paint(Tracebacks.name(thrown))));
      };
    }

    private CellResult interrupted(Throwable thrown) {
      var lines = new ArrayList<String>();
      lines.add(Ansi.BOLD_RED.paint("Interrupted") + ": " + cell.label() + " was stopped");
      if (thrown != null) {
        lines.addAll(tracebacks.places(thrown));
      }
      return new CellResult.Interrupted(lines);
    }

    private CellResult abandoned(Thread left) {
      return new CellResult.Abandoned(
          left.getName(),
          List.of(
              Ansi.BOLD_RED.paint("Interrupted")
                  + ": "
                  + cell.label()
                  + " did not stop within a second",
              "It is in code that can't be stopped, and goes on in thread \""
                  + left.getName()
                  + "\":",
              tracebacks.whereIs(left),
              "The next cell runs on a new thread. To be rid of the old one, restart the kernel."));
    }

    private void dropTemporary(SnippetEvent event) {
      if (event.snippet() instanceof VarSnippet variable && isTemporary(variable)) {
        shell.drop(variable);
        variables.clear(variable.name());
      }
    }
  }

  private static boolean isTemporary(Snippet snippet) {
    return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  /** Completes the name before the cursor. */
  public Completion complete(String code, int cursor) {
    return new Completions(shell.sourceCodeAnalysis()).complete(code, cursor);
  }

  /**
   * Describes the name at the cursor.
   *
   * @param level 0 for the signature and first sentence, 1 for all that is known
   */
  public Optional<Inspection> inspect(String code, int cursor, int level) {
    return Optional.empty();
  }

  /** Tells whether code can be run as it stands. */
  public Completeness isComplete(String code) {
    return new CompletenessCheck(shell.sourceCodeAnalysis()).check(code);
  }

  /** Makes jars and folders usable by the cells that follow. */
  public void addToClassPath(List<Path> paths) {
    paths.forEach(path -> shell.addToClasspath(path.toAbsolutePath().toString()));
  }

  @Override
  public void close() {
    thread.close();
    shell.close();
  }
}
