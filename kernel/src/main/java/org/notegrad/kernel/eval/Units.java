package org.notegrad.kernel.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.notegrad.kernel.eval.Sources.Origin;
import org.notegrad.kernel.eval.compile.UnitCompiler;
import org.notegrad.kernel.eval.weave.CellClass;

/**
 * Compiles snippets that declare no method and no type, each as a class of its own, with only the
 * imports and variables that its words name. JShell compiles a snippet three or four times, and
 * with all that it knows. What does not compile here is left to JShell, and to its messages.
 */
final class Units {

  /** How a unit ended. */
  sealed interface Evaluated {

    /**
     * It ran.
     *
     * @param shown whether its value is one to show
     */
    record Ran(CellThread.Outcome outcome, boolean shown) implements Evaluated {}

    /** It did not run, since it assigns to a constant. */
    record Refused(String constant) implements Evaluated {}
  }

  /** What the words of a snippet mean: imports, and fields that stand for variables. */
  private record Scope(String imports, String fields) {}

  /**
   * The members of a unit's class.
   *
   * @param text the snippet's own source starts on its second line
   * @param firstLine the cell's line with which that source starts
   * @param shown whether its value is one to show
   * @param declared the variable that it declares; empty if it declares none
   */
  private record Body(String text, int firstLine, boolean shown, String declared) {}

  private static final String RUN = "public static Object do_it$() throws Throwable {";
  private static final String RUN_VOID = RUN.replace("Object", "void");
  private static final String VALUE = "$value";
  private static final int FIRST_LINE = 3;

  private final UnitCompiler compiler;
  private final Imports imports;
  private final VariableTypes types;
  private final ShellDeclarations declarations;
  private final TopLevelVariables variables;
  private final LocalControl control;
  private long count;

  Units(
      UnitCompiler compiler,
      Imports imports,
      VariableTypes types,
      ShellDeclarations declarations,
      TopLevelVariables variables,
      LocalControl control) {
    this.compiler = compiler;
    this.imports = imports;
    this.types = types;
    this.declarations = declarations;
    this.variables = variables;
    this.control = control;
  }

  /** Compiles and runs a snippet; empty if JShell has to. */
  Optional<Evaluated> evaluate(Origin origin, String source) {
    return switch (Form.of(source)) {
      case Form.Expression _ ->
          scope(source, "")
              .flatMap(scope ->
                  run(origin, scope, body(origin, RUN + "\nreturn " + source + "\n;}", true))
                      .or(() -> statement(origin, scope, source + "\n;")));
      case Form.Statement _ -> scope(source, "").flatMap(scope -> statement(origin, scope, source));
      case Form.Variable variable -> variable(origin, source, variable);
      case Form.ImportDeclaration _, Form.Other _ -> Optional.empty();
    };
  }

  /** Whether a source is an import declaration that compiles. */
  boolean isImport(String source) {
    return source.startsWith("import")
        && Form.of(source) instanceof Form.ImportDeclaration
        && compiler
            .compile(nextName(), "package REPL;" + source + ";interface Empty {}")
            .isPresent();
  }

  private Optional<Evaluated> statement(Origin origin, Scope scope, String source) {
    return run(origin, scope, body(origin, RUN_VOID + "\n" + source + "\n}", false));
  }

  private static Body body(Origin origin, String text, boolean shown) {
    int line = Sources.line(origin.cell().code(), origin.piece().start());
    return new Body(text, line, shown, "");
  }

  private Optional<Evaluated> variable(Origin origin, String source, Form.Variable variable) {
    var initializer = initializer(source, variable);
    var type = type(source, variable);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    var name = variable.name();
    boolean wasConstant = variables.isConstant(name);
    var field = "public static " + type.get() + " " + name + ";";
    var value =
        initializer.startsWith("{")
            ? "\n"
                + type.get()
                + " "
                + VALUE
                + " = "
                + initializer
                + ";"
                + name
                + " = "
                + VALUE
                + ";"
            : "\n" + name + " = (" + initializer + "\n);";
    var line = Sources.line(origin.cell().code(), origin.offset() + variable.initializer());
    var ran =
        scope(source + "\n" + type.get(), name)
            .flatMap(scope ->
                run(origin, scope, new Body(field + RUN_VOID + value + "}", line, false, name)));
    ran.ifPresent(_ -> {
      types.declared(name, type.get(), wasConstant);
      if (variable.isFinal()) {
        variables.markConstant(name);
      }
    });
    return ran;
  }

  private static String initializer(String source, Form.Variable variable) {
    var rest = source.substring(variable.initializer());
    return rest.endsWith(";") ? rest.substring(0, rest.length() - 1) : rest;
  }

  /** The type of the variable that a source declares; empty if only JShell finds it. */
  Optional<String> type(String source, Form.Variable variable) {
    if (!variable.type().equals("var")) {
      return Optional.of(variable.type());
    }
    var initializer = initializer(source, variable);
    return scope(source, "")
        .flatMap(scope -> {
          var name = nextName();
          var body = RUN_VOID + "var " + VALUE + " = (\n" + initializer + "\n);}";
          return compiler.typeOf(name, source(name, scope, body), VALUE);
        })
        .map(Tracebacks::clean);
  }

  /** The scope for a source that may declare a variable; empty if only JShell has it. */
  private Optional<Scope> scope(String source, String declared) {
    var words = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(Words.unqualified(source));
    var fields = new StringBuilder();
    while (!open.isEmpty()) {
      var word = open.remove();
      if (!words.add(word) || !types.all().containsKey(word) || word.equals(declared)) {
        continue;
      }
      var type = types.source(word);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      fields.append("public static ").append(type.get()).append(' ').append(word).append(';');
      open.addAll(Words.unqualified(type.get()));
    }
    return declarations
        .imports(words)
        .map(own -> {
          var needed = new ArrayList<>(imports.needed(words).stream().map(Import::source).toList());
          needed.addAll(own);
          return new Scope(String.join("", needed), fields.toString());
        });
  }

  private String nextName() {
    count++;
    return UnitCompiler.PACKAGE + ".$Cell$" + count;
  }

  private static String source(String name, Scope scope, String body) {
    var simple = name.substring(name.indexOf('.') + 1);
    return "package REPL;"
        + scope.imports
        + "\npublic class "
        + simple
        + " {"
        + scope.fields
        + body
        + "}";
  }

  private Optional<Evaluated> run(Origin origin, Scope scope, Body body) {
    var name = nextName();
    return compiler
        .compile(name, source(name, scope, body.text))
        .map(classes -> {
          var cell = new CellClass(origin.cell().label(), lines(origin, body), variables);
          control.loadUnit(name, classes, cell, body.declared);
          var constant = variables.takeWrittenConstant();
          return constant == null
              ? new Evaluated.Ran(control.invokeUnit(name), body.shown)
              : new Evaluated.Refused(constant);
        });
  }

  private static IntUnaryOperator lines(Origin origin, Body body) {
    int last = Sources.line(origin.cell().code(), origin.piece().end());
    return compiled ->
        compiled < FIRST_LINE ? 0 : Math.min(compiled - FIRST_LINE + body.firstLine, last);
  }
}
