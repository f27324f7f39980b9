package org.notegrad.kernel.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.SPIResolutionException;
import org.notegrad.kernel.eval.Sources.Origin;
import org.notegrad.kernel.eval.Statements.Kind;
import org.notegrad.kernel.eval.Statements.Piece;
import org.notegrad.kernel.memory.HeapReserve;

/** Evaluates the pieces of one cell in turn, until one fails. */
final class CellEvaluation {

  // Statements that follow each other are compiled as one block, as long as it stays small enough
  // for the JIT compiler (8,000 bytes of bytecode).
  private static final int BLOCK_CHARS = 4_000;

  private static final String TOO_LONG_CONSTANT = "compiler.err.limit.string";

  private final Session session;
  private final Cell cell;
  private final String part;
  private final Deque<Piece> pieces;
  private final List<DeclarationSnippet> unresolved = new ArrayList<>();

  /**
   * An evaluation of a part of a cell.
   *
   * @param part the cell's code, with all but the part blanked
   */
  CellEvaluation(Session session, Cell cell, String part) {
    this.session = session;
    this.cell = cell;
    this.part = part;
    this.pieces = new ArrayDeque<>(blocks(Statements.split(part)));
  }

  /** Joins neighbouring statements. */
  private static List<Piece> blocks(List<Piece> pieces) {
    var blocks = new ArrayList<Piece>();
    for (var piece : pieces) {
      var last = blocks.isEmpty() ? null : blocks.getLast();
      if (last != null
          && last.kind() == Kind.STATEMENT
          && piece.kind() == Kind.STATEMENT
          && piece.end() - last.start() < BLOCK_CHARS) {
        blocks.removeLast();
        blocks.add(new Piece(last.start(), piece.end(), Kind.STATEMENT, ""));
      } else {
        blocks.add(piece);
      }
    }
    return blocks;
  }

  CellResult result() {
    try {
      return flaw(part, 0).orElseGet(this::inTurn);
    } catch (RuntimeException | Error e) {
      return compilerFailed(e);
    }
  }

  /** The failure of a source of which nothing is to run; it starts at this place of the cell. */
  private Optional<CellResult> flaw(String source, int at) {
    var piece = new Piece(at, at + source.length(), Kind.OTHER, "");
    return SourceFlaw.in(source)
        .map(flaw ->
            session.compileErrors.failure(
                new Origin(cell, piece, at), flaw.start(), flaw.end(), flaw.message()));
  }

  /** The compiler can fail too: on an expression that is nested too deep, or without memory. */
  private static CellResult compilerFailed(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof OutOfMemoryError) {
      HeapReserve.release();
    }
    var message =
        switch (root) {
          case StackOverflowError _ -> "the code is nested too deep for the compiler: split it up";
          case OutOfMemoryError _ -> "no memory is left to compile: let go of variables (x = null)";
          default -> "the compiler failed: " + root;
        };
    return new CellResult.Failure(
        CompileErrors.NAME, message, List.of(Ansi.BOLD.paint(CompileErrors.NAME) + ": " + message));
  }

  private CellResult inTurn() {
    CellResult last = new CellResult.Nothing();
    while (!pieces.isEmpty()) {
      if (session.isCancelled()) {
        return session.interrupted(null);
      }
      last = evaluate(pieces.removeFirst());
      switch (last) {
        case CellResult.Value _, CellResult.Nothing _ -> {}
        case CellResult.Failure _, CellResult.Interrupted _, CellResult.Abandoned _ -> {
          return last;
        }
      }
    }
    if (!unresolved.isEmpty()) {
      session.run(this::tellUnresolved);
    }
    return last;
  }

  /** Evaluates one excerpt, instead of the pieces. */
  CellResult result(Excerpt excerpt) {
    var piece = new Piece(excerpt.start(), excerpt.end(), Kind.OTHER, "");
    var own = Statements.source(cell.code(), piece);
    var source = excerpt.before() + own + excerpt.after();
    return flaw(own, piece.start())
        .orElseGet(() -> evaluate(piece, source, excerpt.before().length()));
  }

  private CellResult evaluate(Piece piece) {
    var source = Statements.source(cell.code(), piece);
    if (piece.kind() == Kind.STATEMENT) {
      boolean ended = source.endsWith(";") || source.endsWith("}");
      return evaluate(piece, "{" + source + (ended ? "}" : ";}"), 1);
    }
    if (piece.kind() == Kind.DECLARATION) {
      SealedType.in(source).ifPresent(type -> declareSubtypes(piece, type));
    }
    return evaluate(piece, source, 0);
  }

  /** Declares the subtypes that follow; those that do not compile are left for their turn. */
  private void declareSubtypes(Piece piece, SealedType type) {
    var subtypes =
        pieces.stream()
            .filter(one -> one.kind() == Kind.DECLARATION && type.permitted().contains(one.name()))
            .toList();
    if (!subtypes.isEmpty()) {
      evaluate(piece, type.unsealed(), 0);
      for (var subtype : subtypes) {
        if (!(evaluate(subtype) instanceof CellResult.Failure)) {
          pieces.remove(subtype);
        }
      }
    }
  }

  /**
   * Evaluates a snippet.
   *
   * @param prefix how many of its first characters are not the cell's
   */
  private CellResult evaluate(Piece piece, String source, int prefix) {
    var origin = new Origin(cell, piece, piece.start() - prefix);
    session.sources.evaluating(origin);
    if (session.addImport(source)) {
      return new CellResult.Nothing();
    }
    var unit = session.evaluateUnit(origin, source);
    return unit.isPresent() ? result(origin, unit.get()) : byShell(origin, source, prefix);
  }

  private CellResult result(Origin origin, Units.Evaluated evaluated) {
    return switch (evaluated) {
      case Units.Evaluated.Refused(String constant) -> assignedConstant(origin, constant);
      case Units.Evaluated.Ran(CellThread.Outcome outcome, boolean shown) ->
          result(outcome, shown, unresolved(outcome));
    };
  }

  /** The declaration that something was called of before it could be used. */
  private Optional<DeclarationSnippet> unresolved(CellThread.Outcome outcome) {
    return outcome instanceof CellThread.Outcome.Threw(SPIResolutionException exception)
        ? session.declarations.numbered(exception.id())
        : Optional.empty();
  }

  private CellResult byShell(Origin origin, String source, int prefix) {
    var piece = origin.piece();
    session.types.tellNamed(source);
    var events = session.shell.get().eval(source);
    var outcome = session.control.takeOutcome();
    var diagnostics = rejected(events);
    events.stream()
        .filter(this::isHopeless)
        .forEach(one -> session.shell.get().drop(one.snippet()));
    session.learn(events);
    if (!diagnostics.isEmpty()) {
      if (diagnostics.stream().anyMatch(one -> one.getCode().startsWith(TOO_LONG_CONSTANT))) {
        session.renewCompiler();
      }
      if (piece.kind() == Kind.OTHER
          && !source.endsWith(";")
          && isMissingEnd(diagnostics, source)) {
        return evaluate(piece, source + ";", prefix);
      }
      if (refersToWhatFollows(diagnostics) && evaluateDeclarations()) {
        return evaluate(piece, source, prefix);
      }
      return session.compileErrors.failure(origin, diagnostics);
    }
    events.forEach(this::noteUnresolved);
    events.forEach(this::noteDeclared);
    var written = session.variables.takeWrittenConstant();
    if (written != null) {
      events.stream()
          .filter(event -> event.causeSnippet() == null && event.status().isActive())
          .forEach(event -> session.shell.get().drop(event.snippet()));
      session.declarations.update();
      return assignedConstant(origin, written);
    }
    boolean shown = !source.endsWith(";") && hasValue(events.getLast().snippet());
    var result =
        outcome == null ? new CellResult.Nothing() : result(outcome, shown, unresolved(outcome));
    events.forEach(this::dropTemporary);
    markConstants(source, events);
    session.types.forgetIdle(Words.of(source));
    return result;
  }

  private List<Diag> rejected(List<SnippetEvent> events) {
    return events.stream()
        .filter(event -> event.causeSnippet() == null && (isRejected(event) || isHopeless(event)))
        .flatMap(event -> session.shell.get().diagnostics(event.snippet()))
        .filter(Diag::isError)
        .toList();
  }

  private static boolean isRejected(SnippetEvent event) {
    return event.status() == Status.REJECTED;
  }

  /** Whether JShell waits for something to be declared, but nothing is missing: code too large. */
  private boolean isHopeless(SnippetEvent event) {
    return isRecoverable(event.status())
        && !(event.snippet() instanceof DeclarationSnippet declaration
            && session.shell.get().unresolvedDependencies(declaration).findAny().isPresent());
  }

  /** A declaration at the end of a cell needs no semicolon. */
  private static boolean isMissingEnd(List<Diag> diagnostics, String source) {
    return diagnostics.stream().allMatch(diag -> diag.getStartPosition() >= source.length() - 1);
  }

  private boolean refersToWhatFollows(List<Diag> diagnostics) {
    return diagnostics.stream()
            .anyMatch(diag -> diag.getCode().startsWith("compiler.err.cant.resolve"))
        && pieces.stream().anyMatch(piece -> piece.kind() == Kind.DECLARATION);
  }

  /** Evaluates the declarations that follow; whether all compile. */
  private boolean evaluateDeclarations() {
    var declarations = pieces.stream().filter(piece -> piece.kind() == Kind.DECLARATION).toList();
    pieces.removeAll(declarations);
    return declarations.stream().noneMatch(piece -> evaluate(piece) instanceof CellResult.Failure);
  }

  private CellResult result(
      CellThread.Outcome outcome, boolean shown, Optional<DeclarationSnippet> unresolvedCall) {
    return switch (outcome) {
      case CellThread.Outcome.Returned returned -> {
        if (session.isCancelled()) {
          yield session.interrupted(null);
        }
        yield shown ? new CellResult.Value(returned.value()) : new CellResult.Nothing();
      }
      case CellThread.Outcome.Threw threw ->
          unresolvedCall
              .map(one -> calledUnresolved(one, threw.thrown()))
              .orElseGet(() -> session.threw(threw.thrown()));
      case CellThread.Outcome.Abandoned abandoned -> session.abandoned(abandoned.thread());
    };
  }

  private static boolean hasValue(Snippet snippet) {
    return snippet instanceof ExpressionSnippet || isTemporary(snippet);
  }

  private static boolean isTemporary(Snippet snippet) {
    return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private void dropTemporary(SnippetEvent event) {
    if (event.snippet() instanceof VarSnippet variable && isTemporary(variable)) {
      session.shell.get().drop(variable);
      session.variables.clear(variable.name());
    }
  }

  private void markConstants(String source, List<SnippetEvent> events) {
    if (Statements.isFinalDeclaration(source)) {
      for (var event : events) {
        if (event.snippet() instanceof VarSnippet variable && event.status().isActive()) {
          session.variables.markConstant(variable.name());
        }
      }
    }
  }

  private CellResult assignedConstant(Origin origin, String name) {
    var source = Statements.source(cell.code(), origin.piece());
    int start =
        new Lexer(source)
            .tokens().stream()
                .filter(token -> token.text().equals(name))
                .mapToInt(Token::start)
                .findFirst()
                .orElse(0);
    int at = origin.piece().start() - origin.offset() + start;
    return session.compileErrors.failure(
        origin, at, at + name.length(), "cannot assign a value to final variable " + name);
  }

  private void noteUnresolved(SnippetEvent event) {
    if (event.causeSnippet() == null
        && event.snippet() instanceof DeclarationSnippet declaration
        && isRecoverable(event.status())) {
      unresolved.add(declaration);
    }
  }

  private void noteDeclared(SnippetEvent event) {
    if (event.causeSnippet() == null
        && event.status().isActive()
        && event.snippet() instanceof DeclarationSnippet declaration
        && !(declaration instanceof VarSnippet)) {
      session.sources.declared(session.declarations.className(declaration));
    }
  }

  private static boolean isRecoverable(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  /** Tells, on the cell's standard error, which of its declarations can't be used yet. */
  private Void tellUnresolved() {
    for (var declaration : unresolved) {
      if (isRecoverable(session.shell.get().status(declaration))) {
        System.err.println(
            Ansi.BOLD.paint("Note")
                + ": "
                + declaration.name()
                + " can't be used until there is "
                + missing(declaration));
      }
    }
    return null;
  }

  private String missing(DeclarationSnippet declaration) {
    return session
        .shell
        .get()
        .unresolvedDependencies(declaration)
        .collect(Collectors.joining(", "));
  }

  private CellResult calledUnresolved(DeclarationSnippet snippet, Throwable thrown) {
    var message = "%s can't be used: there is no %s".formatted(snippet.name(), missing(snippet));
    var lines = new ArrayList<String>();
    lines.add(Ansi.BOLD.paint(CompileErrors.NAME) + ": " + message);
    lines.addAll(session.tracebacks.places(thrown));
    return new CellResult.Failure(CompileErrors.NAME, message, lines);
  }
}
