package org.notegrad.kernel.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jshell.TypeDeclSnippet;
import org.notegrad.kernel.channel.KernelThread;
import org.notegrad.kernel.channel.Log;
import org.notegrad.kernel.eval.weave.CellStopped;

/**
 * Evaluates cells of Java, in this JVM.
 *
 * <p>All methods but {@link #interrupt}, {@link #outOfMemory} and {@link #currentCell} belong to
 * one thread at a time.
 */
public final class JavaEvaluator implements AutoCloseable {

  private static final Cell WARM_UP = new Cell(-1, "start-up", "1 + 1");

  private final Session session;
  private final Preparation preparation;

  private JavaEvaluator(Session session, Preparation preparation) {
    this.session = session;
    this.preparation = preparation;
  }

  /**
   * Starts an evaluator. An import of the options that does not compile is left out; that is said
   * on standard error, when JShell has started.
   */
  public static JavaEvaluator start(EvaluatorOptions options) {
    var session = new Session(options.compilerOptions());
    var evaluator = new JavaEvaluator(session, new Preparation(session, options));
    evaluator.addToClassPath(options.classPath());
    evaluator.startUp(options);
    return evaluator;
  }

  private void startUp(EvaluatorOptions options) {
    Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
    Thread.ofPlatform().name("stopper warm-up").daemon().start(Stopper::warmUp);
    session.start(options.imports());
    evaluate(WARM_UP);
  }

  /**
   * Makes later cells faster while none runs, in the background: some are evaluated where nothing
   * of them stays.
   *
   * @param more what else to practise; it is told whether it may go on, for a cell may begin
   */
  public void prepare(Consumer<BooleanSupplier> more) {
    preparation.start(more);
  }

  private void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof CellStopped) {
      if (CellRun.current() instanceof CellRun run && run.isLeftBehind()) {
        System.err.println("No memory was left: thread \"" + thread.getName() + "\" was stopped.");
      }
      return; // else its cell was interrupted, and has said so
    }
    if (thread instanceof KernelThread) {
      Log.error("thread \"" + thread.getName() + "\" has ended", thrown);
      return;
    }
    System.err.println("Exception in thread \"" + thread.getName() + "\":");
    session.tracebacks.describe(thrown).forEach(System.err::println);
  }

  /** The {@link Cell#id} of the cell that the calling thread works for; empty outside cells. */
  public static OptionalLong currentCell() {
    var current = CellRun.current();
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.cell().id());
  }

  /** Runs a cell to its end; returns within about a second of an {@link #interrupt}. */
  public CellResult evaluate(Cell cell) {
    return evaluate(cell, cell.code());
  }

  /**
   * As {@link #evaluate(Cell)}, for a part of a cell.
   *
   * @param part the cell's code with all but the part blanked, so that every place stays the same
   */
  public CellResult evaluate(Cell cell, String part) {
    return session.evaluate(cell, part);
  }

  /** Evaluates an excerpt of a cell as one expression or statement. */
  public CellResult evaluate(Cell cell, Excerpt excerpt) {
    session.begin(cell);
    try {
      return new CellEvaluation(session, cell, "").result(excerpt);
    } finally {
      session.end();
    }
  }

  /** Tells of every run of user code until the returned handle is closed. */
  public MeterHandle meter(RunMeter meter) {
    session.meter(meter);
    return () -> session.meter(RunMeter.NONE);
  }

  /** Ends a metering. */
  @FunctionalInterface
  public interface MeterHandle extends AutoCloseable {
    @Override
    void close();
  }

  /** The variables of this session. */
  public List<Variable> variables() {
    return session.types.all().entrySet().stream()
        .map(one -> variable(one.getValue(), one.getKey()))
        .toList();
  }

  private Variable variable(String type, String name) {
    return new Variable(TypeNames.withoutPackages(type), name, session.variables.value(name));
  }

  /** The methods and types that were declared in this session, as Java writes their heads. */
  public List<String> declarations() {
    if (!session.shell.isInUse()) {
      return List.of();
    }
    var types = session.shell.get().types().map(type -> kind(type) + " " + type.name());
    var methods =
        session.shell.get().methods().map(method -> signature(method.signature(), method.name()));
    return Stream.concat(types, methods).toList();
  }

  private static String kind(TypeDeclSnippet type) {
    return switch (type.subKind()) {
      case INTERFACE_SUBKIND -> "interface";
      case ENUM_SUBKIND -> "enum";
      case RECORD_SUBKIND -> "record";
      case ANNOTATION_TYPE_SUBKIND -> "@interface";
      default -> "class";
    };
  }

  /** From JShell's {@code (int,int)long} to {@code long name(int, int)}. */
  private static String signature(String jshell, String name) {
    int close = jshell.lastIndexOf(')');
    return jshell.substring(close + 1)
        + " "
        + name
        + jshell.substring(0, close + 1).replace(",", ", ");
  }

  /** Forgets all that cells declared; the class path and the imports of the start stay. */
  public void reset() {
    session.reset();
  }

  /** Runs a body under a cell's rules: interruptible, abandoned after a second, never throwing. */
  public <T> Ran<T> runInCell(Cell cell, Callable<T> body) {
    session.begin(cell);
    try {
      var value = new AtomicReference<T>();
      var outcome =
          session.run(() -> {
            value.set(body.call());
            return null;
          });
      return switch (outcome) {
        case CellThread.Outcome.Returned _ -> new Ran.Returned<>(value.get());
        case CellThread.Outcome.Threw threw -> new Ran.Ended<>(session.threw(threw.thrown()));
        case CellThread.Outcome.Abandoned abandoned ->
            new Ran.Ended<>(session.abandoned(abandoned.thread()));
      };
    } finally {
      session.end();
    }
  }

  /** Interrupts the running cell; does nothing if none runs. May be called from any thread. */
  public void interrupt() {
    session.interrupt();
  }

  /**
   * Stops the running cell since it leaves no memory; where none runs, the threads that earlier
   * ones have left. From any thread.
   *
   * @return whether a cell runs that was not stopped before
   */
  public boolean outOfMemory() {
    return session.outOfMemory();
  }

  /** Completes the name before the cursor. */
  public Completion complete(String code, int cursor) {
    int start = Statements.startOfPieceAt(code, cursor);
    return session.assuming(
        code.substring(0, start),
        () -> {
          session.types.tellNamed(code.substring(start, cursor));
          return new Completions(session.shell, session.types, session.typeNames)
              .complete(code, cursor);
        });
  }

  /**
   * Describes the name at the cursor.
   *
   * @param level 0 for the signature and first sentence, 1 for all that is known
   */
  public Optional<Inspection> inspect(String code, int cursor, int level) {
    int start = Statements.startOfPieceAt(code, cursor);
    return session.assuming(
        code.substring(0, start),
        () -> {
          session.types.tellNamed(code.substring(start));
          return new Inspector(session.shell.analysis()).inspect(code, cursor, level);
        });
  }

  /** Tells whether code can be run as it stands. */
  public Completeness isComplete(String code) {
    return new CompletenessCheck(session.shell.analysis()).check(code);
  }

  /** Makes jars and folders usable by the cells that follow. */
  public void addToClassPath(List<Path> paths) {
    paths.forEach(session::addToClassPath);
  }

  @Override
  public void close() {
    preparation.close();
    session.close();
  }
}
