package org.notegrad.kernel.magic;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.Completeness;
import org.notegrad.kernel.eval.Completion;
import org.notegrad.kernel.eval.Inspection;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.eval.Ran;
import org.notegrad.kernel.jjava.JJavaLibraries;
import org.notegrad.kernel.magic.CellParts.Part;
import org.notegrad.kernel.magic.Magic.Form;

/**
 * Evaluates cells that are made of Java and of magics.
 *
 * <p>All methods but {@link #interrupt} belong to one thread at a time, as those of the {@link
 * JavaEvaluator} beneath.
 */
public final class NotebookEvaluator {
  /** Made when the first cell asks for one: most sessions use few. */
  private static final class BuiltIn {
    static final Magics MAGICS = Magics.builtIn();
  }

  private final JavaEvaluator java;
  private final ClassPath classPath;
  private final MavenMagic maven = new MavenMagic();
  private Magics magics;
  private volatile boolean interrupted;

  /**
   * An evaluator of notebooks' cells.
   *
   * @param renderers get the displays of jars that cells add
   */
  public NotebookEvaluator(JavaEvaluator java, Renderers renderers) {
    this.java = java;
    this.classPath = new ClassPath(java, renderers);
  }

  JavaEvaluator java() {
    return java;
  }

  ClassPath classPath() {
    return classPath;
  }

  MavenMagic maven() {
    return maven;
  }

  Magics magics() {
    return magics == null ? BuiltIn.MAGICS : magics;
  }

  /** Registers what new jars bring, then does work that shows what was added. */
  CellResult loadLibraries(MagicCall call, MagicCall.Work work) {
    var result =
        call.inCell(() -> {
          classPath.loadDisplays();
          work.run();
        });
    var ended = evaluateSources(call, importDefaults(call, result));
    classPath
        .libraries()
        .ifPresent(libraries -> magics = JJavaMagics.with(BuiltIn.MAGICS, libraries));
    return ended;
  }

  /** Forgets what cells have declared. */
  CellResult reset(MagicCall call) {
    java.reset();
    classPath.isReset();
    return importDefaults(call, new CellResult.Nothing());
  }

  /** Imports what jars that cells have added ask for, after work that ended so. */
  private CellResult importDefaults(MagicCall call, CellResult result) {
    var last = result;
    for (String declaration : classPath.takeImports()) {
      var cell = new Cell(call.cell().id(), "the default imports of a jar", declaration);
      if (java.evaluate(cell) instanceof CellResult.Failure failure) {
        last = failure;
      }
    }
    return last;
  }

  /** Evaluates what libraries asked for while a cell's work ran that ended so. */
  CellResult evaluateSources(MagicCall call, CellResult result) {
    for (String source : classPath.libraries().map(JJavaLibraries::takeSources).orElse(List.of())) {
      var cell = new Cell(call.cell().id(), "code of an extension", source);
      if (java.evaluate(cell) instanceof CellResult.Failure failure) {
        return failure;
      }
    }
    return result;
  }

  /** Runs a cell to its end. */
  public CellResult evaluate(Cell cell) {
    interrupted = false;
    return evaluate(cell, cell.code());
  }

  /** Evaluates a part of a cell: its code with all else blanked. */
  CellResult evaluate(Cell cell, String part) {
    if (part.indexOf('%') < 0) {
      return java.evaluate(cell, part);
    }
    var parts = parts(part);
    var wrong = parts.stream().flatMap(next -> wrong(cell, next).stream()).findFirst();
    if (wrong.isPresent()) {
      return wrong.get();
    }
    CellResult last = new CellResult.Nothing();
    for (Part next : parts) {
      last =
          switch (next) {
            case Part.Java(String code) -> java.evaluate(cell, code);
            case Part.Call call -> run(cell, call);
            case Part.Misplaced _ -> throw new IllegalStateException("seen before");
          };
      if (interrupted) {
        return stopped(cell, last);
      }
      switch (last) {
        case CellResult.Value _, CellResult.Nothing _ -> {}
        case CellResult.Failure _, CellResult.Interrupted _, CellResult.Abandoned _ -> {
          return last;
        }
      }
    }
    return last;
  }

  /** What can be told of a part before anything runs: a magic that does not exist, or not there. */
  private Optional<CellResult> wrong(Cell cell, Part part) {
    return switch (part) {
      case Part.Java _ -> Optional.empty();
      case Part.Misplaced(int start, String name, String rule) ->
          Optional.of(MagicFailure.at(cell, start, start + name.length(), name + " " + rule));
      case Part.Call call -> {
        try {
          magics().called(call.form(), call.name());
          yield Optional.empty();
        } catch (MagicException e) {
          yield Optional.of(new MagicCall(this, cell, call).failure(e.getMessage()));
        }
      }
    };
  }

  /** How a cell ends that was interrupted, perhaps where no Java ran that would have told. */
  private static CellResult stopped(Cell cell, CellResult last) {
    return switch (last) {
      case CellResult.Interrupted _, CellResult.Abandoned _ -> last;
      case CellResult.Value _, CellResult.Nothing _, CellResult.Failure _ ->
          MagicFailure.interrupted(cell);
    };
  }

  /** Whether the running cell has been interrupted. */
  boolean isInterrupted() {
    return interrupted;
  }

  private CellResult run(Cell cell, Part.Call part) {
    var call = new MagicCall(this, cell, part);
    try {
      if (part.form() == Form.LINE && part.arguments().equals("?")) {
        return call.inCell(() -> HelpMagics.show(magics().called(part.form(), part.name())));
      }
      return magics().called(part.form(), part.name()).action().run(call);
    } catch (MagicException e) {
      return call.failure(e.getMessage());
    }
  }

  private List<Part> parts(String code) {
    return CellParts.of(code, name -> magics().find(name).isPresent());
  }

  /** Runs a body under a cell's rules. */
  public <T> Ran<T> runInCell(Cell cell, Callable<T> body) {
    return java.runInCell(cell, body);
  }

  /** Interrupts the running cell; does nothing if none runs. May be called from any thread. */
  public void interrupt() {
    interrupted = true;
    java.interrupt();
  }

  /**
   * Stops the running cell since it leaves no memory; where none runs, the threads that earlier
   * ones have left. From any thread.
   *
   * @return whether a cell runs that was not stopped before
   */
  public boolean outOfMemory() {
    return java.outOfMemory();
  }

  /** Completes the name before the cursor. */
  public Completion complete(String code, int cursor) {
    if (code.indexOf('%') < 0) {
      return java.complete(code, cursor);
    }
    return new MagicCompletion(this).complete(parts(code), code, cursor);
  }

  /**
   * Describes the name at the cursor.
   *
   * @param level 0 for the signature and first sentence, 1 for all that is known
   */
  public Optional<Inspection> inspect(String code, int cursor, int level) {
    if (code.indexOf('%') < 0) {
      return java.inspect(code, cursor, level);
    }
    for (Part part : parts(code)) {
      if (part instanceof Part.Call call && call.start() <= cursor && cursor <= call.end()) {
        return cursor >= call.argumentsStart() && !call.arguments().isEmpty()
            ? java.inspect(CellParts.only(code, call.argumentsStart(), call.end()), cursor, level)
            : magics().find(call.name()).map(HelpMagics::inspection);
      }
    }
    return java.inspect(javaOf(code), cursor, level);
  }

  /** Tells whether code can be run as it stands. */
  public Completeness isComplete(String code) {
    if (code.indexOf('%') < 0) {
      return java.isComplete(code);
    }
    var parts = parts(code);
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Call call) {
      // As in IPython, an empty line ends a cell magic.
      boolean goesOn = call.form() == Form.CELL && !call.body().endsWith("\n");
      return goesOn ? new Completeness.Incomplete("") : new Completeness.Complete();
    }
    return parts.getLast() instanceof Part.Java(String last)
        ? java.isComplete(last)
        : new Completeness.Complete();
  }

  /** The Java of a cell, with its magics blanked. */
  String javaOf(String code) {
    var masked = new StringBuilder(code);
    for (Part part : parts(code)) {
      int end =
          switch (part) {
            case Part.Call call when call.form() == Form.CELL ->
                call.body().isBlank() ? code.length() : call.bodyStart();
            case Part.Call call -> call.end();
            case Part.Misplaced misplaced -> misplaced.start() + misplaced.name().length();
            case Part.Java _ -> 0;
          };
      int start =
          switch (part) {
            case Part.Call call -> call.start();
            case Part.Misplaced misplaced -> misplaced.start();
            case Part.Java _ -> 0;
          };
      for (int i = start; i < end; i++) {
        if (masked.charAt(i) != '\n') {
          masked.setCharAt(i, ' ');
        }
      }
    }
    return masked.toString();
  }
}
