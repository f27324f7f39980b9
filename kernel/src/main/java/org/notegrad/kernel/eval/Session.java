package org.notegrad.kernel.eval;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.notegrad.kernel.eval.Sources.Origin;
import org.notegrad.kernel.eval.compile.UnitCompiler;
import org.notegrad.kernel.eval.weave.CellStopped;
import org.notegrad.kernel.memory.HeapReserve;

/** What the cells of one evaluator share, and the run of the one that is running. */
final class Session implements AutoCloseable {

  private static final long BLAMELESS_NANOS = 4_000_000_000L;
  private static final long REST_NANOS = 500_000_000;

  final TopLevelVariables variables;
  final Sources sources;
  final Tracebacks tracebacks;
  final LocalControl control;
  final LazyShell shell;
  final Imports imports;
  final TypeNames typeNames;
  final VariableTypes types;
  final ShellDeclarations declarations;
  final CompileErrors compileErrors;
  private final Optional<UnitCompiler> compiler;
  private final Optional<Units> units;
  private final CellThread thread;
  private volatile CellRun run;
  private List<Import> startImports = List.of();
  private long endedAt;
  private RunMeter meter = RunMeter.NONE;

  Session(List<String> compilerOptions) {
    var loader = new UserClassLoader(Session.class.getClassLoader());
    variables = new TopLevelVariables(loader);
    sources = new Sources(variables);
    tracebacks = new Tracebacks(sources);
    thread = new CellThread(loader);
    control = new LocalControl(loader, variables, sources, this::run);
    imports = new Imports(loader::find);
    shell = new LazyShell(() -> startShell(compilerOptions));
    typeNames = new TypeNames(loader, imports);
    types = new VariableTypes(shell, control);
    declarations = new ShellDeclarations(shell);
    compileErrors = new CompileErrors(new Suggestions(shell, types, typeNames));
    compiler =
        UnitCompiler.isAvailable()
            ? Optional.of(new UnitCompiler(compilerOptions))
            : Optional.empty();
    units = compiler.map(one -> new Units(one, imports, types, declarations, variables, control));
    compiler.ifPresent(one -> control.onCompiled(one::add));
  }

  private JShell startShell(List<String> compilerOptions) {
    var jshell =
        JShell.builder()
            .executionEngine(control, Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    startImports.forEach(one -> importInto(jshell, one));
    return jshell;
  }

  /** Imports that JShell does not accept are left out, and said to be. */
  private void importInto(JShell jshell, Import declaration) {
    var events = jshell.eval(declaration.source());
    if (events.stream().anyMatch(event -> event.status() == Snippet.Status.REJECTED)) {
      shell.tell(_ -> imports.remove(declaration));
      System.err.println("Not imported, since nothing is there: " + declaration.source());
    }
  }

  /** Begins with these import declarations. */
  void start(List<String> declarations) {
    if (compiler.isEmpty()) {
      System.err.println(
          "Cells are compiled several times slower than they could be: start Java with "
              + String.join(" ", UnitCompiler.exports()));
    }
    startImports = declarations.stream().map(Import::parse).toList();
    startImports.forEach(imports::add);
    imports.startsHere();
  }

  /** Evaluates a snippet without JShell, if that is possible. */
  Optional<Units.Evaluated> evaluateUnit(Origin origin, String source) {
    return units.flatMap(one -> one.evaluate(origin, source));
  }

  /** Imports what a source declares; whether it is an import declaration that compiles. */
  boolean addImport(String source) {
    if (units.filter(one -> one.isImport(source)).isEmpty()) {
      return false;
    }
    var declaration = Import.parse(source);
    imports.add(declaration);
    shell.tell(jshell -> {
      if (imports.all().contains(declaration)) { // it may have been forgotten since
        jshell.eval(declaration.source());
      }
    });
    return true;
  }

  /**
   * Does something as if the variables were there that code declares but that has not run yet.
   *
   * @param code whole declarations and statements, in which new variables are looked for
   */
  <T> T assuming(String code, Supplier<T> body) {
    var assumed = new ArrayList<String>();
    try {
      for (var piece : Statements.split(code)) {
        var source = Statements.source(code, piece);
        if (Form.of(source) instanceof Form.Variable variable
            && !types.all().containsKey(variable.name())) {
          units
              .flatMap(one -> one.type(source, variable))
              .ifPresent(type -> {
                types.assume(variable.name(), type);
                assumed.add(variable.name());
              });
        }
      }
      return body.get();
    } finally {
      for (var name : assumed) {
        types.forget(name);
        variables.clear(name);
      }
    }
  }

  /** Takes note of what JShell has evaluated. */
  void learn(List<SnippetEvent> events) {
    for (var event : events) {
      if (!shell.get().status(event.snippet()).isActive()) {
        continue;
      }
      switch (event.snippet()) {
        case VarSnippet variable when variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND ->
            types.learned(variable);
        case ImportSnippet declaration when event.causeSnippet() == null ->
            imports.add(Import.parse(declaration.source()));
        default -> {}
      }
    }
    declarations.update();
  }

  void addToClassPath(Path path) {
    var text = path.toAbsolutePath().toString();
    control.addToClasspath(text);
    shell.tell(jshell -> jshell.addToClasspath(text));
    compiler.ifPresent(one -> one.addToClassPath(path.toAbsolutePath()));
    imports.classPathChanged();
  }

  /**
   * Makes JShell leave its compiler and take a new one, as it does for a new class path. A compiler
   * that has met a string too long for a class file finds it in every class from then on.
   */
  void renewCompiler() {
    var known = System.getProperty("java.class.path", "").split(File.pathSeparator)[0];
    shell.tell(jshell -> jshell.addToClasspath(known));
    compiler.ifPresent(UnitCompiler::renew);
  }

  /** Forgets all that was declared since the start. */
  void reset() {
    types.reset().forEach(variables::clear);
    imports.reset();
    if (shell.isInUse()) {
      var jshell = shell.get();
      var kept = imports.all();
      jshell
          .snippets()
          .filter(one -> jshell.status(one).isActive())
          .filter(
              one -> !(one instanceof ImportSnippet && kept.contains(Import.parse(one.source()))))
          .toList()
          .forEach(jshell::drop);
      declarations.update();
    }
  }

  /** Tells this meter of runs from now on. */
  void meter(RunMeter next) {
    meter = next;
  }

  /** Whether cells are compiled without JShell where that is possible. */
  boolean hasCompiler() {
    return compiler.isPresent();
  }

  /**
   * Runs a cell, or a part of it, to its end.
   *
   * @param part the cell's code with all but the part blanked
   */
  CellResult evaluate(Cell cell, String part) {
    begin(cell);
    try {
      return new CellEvaluation(this, cell, part).result();
    } finally {
      end();
    }
  }

  /** Starts a cell's run. */
  void begin(Cell cell) {
    run = new CellRun(cell);
  }

  synchronized void end() {
    run.finish();
    run = null;
    endedAt = System.nanoTime();
  }

  /** Whether no cell has run for a moment. */
  synchronized boolean isIdle() {
    return run == null && System.nanoTime() - endedAt > REST_NANOS;
  }

  /** Cancels the run, if there is one. May be called from any thread. */
  synchronized void interrupt() {
    if (run != null && !run.isCancelled()) {
      Stopper.stop(run);
    }
  }

  /**
   * Stops the run since it leaves no memory to work with; where there is none, the threads that
   * earlier ones have left. From any thread.
   *
   * @return whether there is a run that was not stopped before
   */
  synchronized boolean outOfMemory() {
    if (run == null) {
      Stopper.stopLeftBehind();
      return false;
    }
    if (run.isCancelled()) {
      return false;
    }
    if (System.nanoTime() - run.startedAt() < BLAMELESS_NANOS) {
      return true; // those collections were not for this cell: the next look tells
    }
    run.blameForMemory();
    Stopper.stop(run);
    HeapReserve.release(); // so that its threads get to their next check
    return true;
  }

  boolean isCancelled() {
    return run.isCancelled();
  }

  /** Runs a body on the cell thread, for the cell whose run this is. */
  CellThread.Outcome run(Callable<?> body) {
    if (run.isCancelled()) {
      return new CellThread.Outcome.Threw(new CellStopped());
    }
    return thread.run(run, meter == RunMeter.NONE ? body : metered(meter, body));
  }

  /** Meters on the cell's own thread: handing the work over takes time too. */
  private static <T> Callable<T> metered(RunMeter meter, Callable<T> body) {
    return () -> {
      meter.started();
      try {
        return body.call();
      } finally {
        meter.ended();
      }
    };
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
        yield new CellResult.Failure(name, "", List.of(Ansi.BOLD.paint(name)));
      }
    };
  }

  /**
   * What to report of a cell that stopped when it was told to.
   *
   * @param thrown what it ended with; null if nothing
   */
  CellResult interrupted(Throwable thrown) {
    if (run.isOutOfMemory()) {
      return tracebacks.outOfMemory(thrown);
    }
    var lines = new ArrayList<String>();
    lines.add(Ansi.BOLD.paint("Interrupted") + ": " + run.cell().label() + " was stopped");
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
            Ansi.BOLD.paint("Interrupted")
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
