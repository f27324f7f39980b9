package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

  private static final Cells CELLS = new Cells();

  @AfterAll
  static void close() {
    CELLS.close();
  }

  private static List<String> lines(CellResult.Failure failure) {
    return Cells.plain(failure.traceback());
  }

  @Test
  void compileErrorPointsAtItsPlaceInTheCell() {
    var failure = CELLS.failure("int good = 3;\n\nint bad = \"text\";");
    assertEquals("CompileError", failure.name());
    var lines = lines(failure);
    assertEquals("CompileError in " + CELLS.label() + ", line 3:", lines.get(0));
    assertEquals("    3 | int bad = \"text\";", lines.get(1));
    assertEquals("      |           ^^^^^^", lines.get(2));
    assertTrue(lines.get(3).contains("String cannot be converted to int"), lines::toString);
    assertEquals(3, CELLS.value("good"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "int never = 1;\n", "\"/*\" + // /*\n"})
  void commentThatIsNotClosedIsAnErrorAtItsStart(String before) {
    var failure = CELLS.failure("/* closed */\n" + before + "/* open\nint swallowed = 2;");
    assertEquals("CompileError", failure.name());
    assertEquals("unclosed comment: it needs a */", failure.message());
    var lines = lines(failure);
    int line = before.endsWith("\n") ? 3 : 2;
    assertEquals("CompileError in " + CELLS.label() + ", line " + line + ":", lines.get(0));
    assertEquals(lines.get(1).indexOf("/* open"), lines.get(2).indexOf("^^"));
    CELLS.failure("never"); // nothing of the cell has run
  }

  @Test
  void errorOfALaterStatementStopsTheRest() {
    CELLS.nothing("int reached = 0;");
    CELLS.failure("reached = 1;\nint a = reached / 0;\nreached = 2;");
    assertEquals(1, CELLS.value("reached"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%s\"",
        "String s = \"%s\";",
        "void f() { String s = \"%s\"; }",
        "System.out.println(\"%s\");"
      })
  void constantThatIsTooLongIsAnErrorAndCellsGoOn(String code) {
    var failure = CELLS.failure(code.formatted("z".repeat(70_000)));
    assertEquals("CompileError", failure.name());
    assertEquals(42, CELLS.value("6 * 7"));
    CELLS.nothing("int after = 1;");
    assertEquals(1, CELLS.value("after"));
  }

  @Test
  void ofALongLineAPartIsQuoted() {
    var failure = CELLS.failure("String s = \"" + "z".repeat(5_000) + "\" + nowhere;");
    for (var line : lines(failure)) {
      assertTrue(line.length() < 500, line);
    }
    assertTrue(lines(failure).get(1).contains("+ nowhere;"));
    assertEquals(lines(failure).get(1).indexOf("nowhere"), lines(failure).get(2).indexOf("^"));
  }

  @Test
  void hugeMessageIsCut() {
    var failure = CELLS.failure("throw new RuntimeException(\"y\".repeat(5_000_000));");
    assertTrue(failure.message().endsWith("... (4,983,616 more characters)"));
    assertTrue(failure.traceback().getFirst().length() < 20_000);
  }

  /**
   * Code whose second frame line is where it throws: every shape in which JShell wraps a snippet.
   */
  static Stream<Arguments> throwing() {
    return Stream.of(
        Arguments.of("\nInteger.parseInt(\"x\")", 2),
        Arguments.of("\nInteger.parseInt(\"x\");", 2),
        Arguments.of("int ok = 1;\n\n\nfor (int i = 0; i < 3; i++)\n  Integer.parseInt(\"x\");", 5),
        Arguments.of("\nint v =\n  Integer.parseInt(\"x\");", 3),
        Arguments.of("\nInteger w =\n  Integer.valueOf(\"x\");", 3),
        Arguments.of("int first = 1,\n  second = Integer.parseInt(\"x\");", 2),
        Arguments.of("var list =\n  List.of(1,\n   Integer.parseInt(\"x\"));", 3),
        Arguments.of("int as = 0;\nas =\n  Integer.parseInt(\"x\")", 3),
        Arguments.of("int f() {\n  return Integer.parseInt(\"x\");\n}\nf()", 2),
        Arguments.of("class C {\n  int v = Integer.parseInt(\"x\");\n}\nnew C()", 2),
        Arguments.of("Runnable r = () -> {\n  Integer.parseInt(\"x\");\n};\nr.run();", 2),
        Arguments.of(
            "Callable<Integer> o = new Callable<>() {\n"
                + "  public Integer call() { return Integer.parseInt(\"x\"); }\n"
                + "};\n"
                + "o.call()",
            2),
        Arguments.of(
            "\nvar anon = new Object() { int v() { return Integer.parseInt(\"x\"); } };\nanon.v()",
            2),
        Arguments.of("a();\nvoid a() { Integer.parseInt(\"x\"); }", 2),
        Arguments.of("List.of(1).forEach(e -> {\n\n  Integer.parseInt(\"x\");\n});", 3));
  }

  @ParameterizedTest
  @MethodSource("throwing")
  void runTimeErrorTellsTheLine(String code, int line) {
    var failure = CELLS.failure(code);
    assertEquals("java.lang.NumberFormatException", failure.name());
    assertEquals("For input string: \"x\"", failure.message());
    var lines = lines(failure);
    assertEquals("java.lang.NumberFormatException: For input string: \"x\"", lines.get(0));
    assertTrue(
        lines.get(1).endsWith(CELLS.label() + ", line " + line)
            || lines.get(1).endsWith(CELLS.label() + ", line " + line + ")"),
        lines::toString);
    var quoted = code.lines().toList().get(line - 1);
    assertTrue(lines.get(2).endsWith(" %d | %s".formatted(line, quoted)), lines::toString);
  }

  @Test
  void lineOfARecompiledMethodIsThatOfItsCell() {
    CELLS.nothing("\n\nint outer() {\n  return inner();\n}");
    var outerLabel = CELLS.label();
    CELLS.nothing("int inner() {\n  throw new IllegalStateException(\"one\");\n}");
    var innerLabel = CELLS.label();
    var lines = lines(CELLS.failure("outer()"));
    assertEquals("    at inner (" + innerLabel + ", line 2)", lines.get(1));
    assertEquals("    at outer (" + outerLabel + ", line 4)", lines.get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int again(int x) { return 1 / x; } | again(0)",
        "class Again { int go(int x) { return 1 / x; } } | new Again().go(0)"
      })
  void whatIsDeclaredAgainAsItWasIsOfItsNewCell(String declaration, String call) {
    CELLS.nothing(declaration);
    CELLS.nothing("// moved down\n\n" + declaration);
    var second = CELLS.label();
    var lines = lines(CELLS.failure(call));
    assertTrue(lines.get(1).endsWith("(" + second + ", line 3)"), lines::toString);
    assertEquals("        3 | " + declaration, lines.get(2));
    CELLS.nothing("\n" + declaration.replace("1 / x", "2 / x"));
    var third = CELLS.label();
    lines = lines(CELLS.failure(call));
    assertTrue(lines.get(1).endsWith("(" + third + ", line 2)"), lines::toString);
  }

  @Test
  void causesAndSuppressedAreShown() {
    var code =
        """
        class Res implements AutoCloseable { public void close() { throw new IllegalStateException("closing"); } }
        try (var r = new Res()) { throw new RuntimeException("outer", new java.io.IOException("inner")); }
        """;
    var text = String.join("\n", lines(CELLS.failure(code)));
    assertTrue(text.contains("java.lang.RuntimeException: outer"), text);
    assertTrue(text.contains("Caused by: java.io.IOException: inner"), text);
    assertTrue(text.contains("Suppressed: java.lang.IllegalStateException: closing"), text);
  }

  @Test
  void exceptionsOfTheCellKeepTheirName() {
    CELLS.nothing("class Oops extends RuntimeException { Oops(String m) { super(m); } }");
    var failure = CELLS.failure("throw new Oops(\"dear\");");
    assertEquals("Oops", failure.name());
    assertEquals("dear", failure.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)",
        "new Object() { public String toString() { return \"\" + this; } }.toString()",
        "class Bad { static int x = 1 / 0; }\nBad.x",
        "long[] hog = new long[Integer.MAX_VALUE - 8];",
        "System.exit(0)",
        "Runtime.getRuntime().exit(0)",
        "Runtime.getRuntime().halt(0)",
        "IntConsumer out = System::exit;\nout.accept(1);",
        "IntConsumer out = Runtime.getRuntime()::halt;\nout.accept(1);",
        "throw new Error(\"any\");",
        "class Rude extends RuntimeException { public String getMessage() { throw new"
            + " RuntimeException(); } }\n"
            + "throw new Rude();",
        "class Loud extends RuntimeException { public String getMessage() { return getMessage(); }"
            + " }\n"
            + "throw new Loud();",
        "Object o = \"\"; Integer i = (Integer) o;"
      })
  void nothingThatACellDoesEndsTheKernel(String code) {
    var failure = CELLS.failure(code);
    assertFalse(failure.traceback().isEmpty());
    assertEquals(2, CELLS.value("1 + 1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 3_000, 20_000})
  void codeThatIsNestedTooDeepIsAnErrorAtItsPlace(int depth) {
    var nested = "(".repeat(depth) + "1" + ")".repeat(depth);
    for (var code :
        List.of(
            "int deep =\n" + nested + ";", "\n" + nested, "int f() { return\n" + nested + "; }")) {
      var failure = CELLS.failure(code);
      assertEquals("CompileError", failure.name());
      assertEquals("nested too deep: split it up", failure.message());
      var lines = lines(failure);
      assertEquals("CompileError in " + CELLS.label() + ", line 2:", lines.getFirst());
      assertEquals(1, lines.get(2).chars().filter(c -> c == '^').count());
      assertEquals(new Completeness.Invalid(), CELLS.evaluator.isComplete(code));
    }
    assertEquals(2, CELLS.value("1 + 1"));
  }

  @Test
  void whatTheCompilerPrintsOfItsOwnFailureIsNotShown() {
    var err = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      var failure = CELLS.failure("int one = 1; one" + " + one".repeat(20_000));
      assertEquals("the code is nested too deep for the compiler: split it up", failure.message());
    } finally {
      System.setErr(err);
    }
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void exitFromAnotherThreadIsRefused() {
    assertEquals(
        "org.notegrad.kernel.eval.weave.ExitRefused",
        CELLS.value(
            """
            var caught = new java.util.concurrent.CompletableFuture<String>();
            new Thread(() -> {
              try { System.exit(1); } catch (RuntimeException e) { caught.complete(e.getClass().getName()); }
            }).start();
            caught.get()
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefinedName",
        "undefinedMethod(3)",
        "System.out.printn(3)",
        "int x = \"a\";",
        "class A extends Missing {}\nnew A()",
        "int ] x;",
        "for (int i = 0; i < 3; i++) {",
        "}",
        "int missing = 1\nint semicolon = 2;",
        "return;;;; foo",
        "String s = \"open"
      })
  void compileErrorsSpeakOfThePersonsCode(String code) {
    var text = String.join("\n", lines(CELLS.failure(code)));
    assertFalse(text.contains("REPL") || text.contains("$JShell") || text.contains("do_it"), text);
    assertTrue(text.contains("^"), text);
  }

  static Stream<Arguments> misspelt() {
    return Stream.of(
        Arguments.of(
            "System.out.prinln(3)",
            "cannot find symbol: method prinln(int) in PrintStream out",
            "Did you mean println()?"),
        Arguments.of("Strin s = null;", "cannot find symbol: class Strin", "Did you mean String?"),
        Arguments.of(
            "learnigRate",
            "cannot find symbol: variable learnigRate",
            "Did you mean learningRate?"),
        Arguments.of(
            "trainModl(3)",
            "cannot find symbol: method trainModl(int)",
            "Did you mean trainModel()?"),
        Arguments.of(
            "Duration.ofDays(1)",
            "cannot find symbol: variable Duration",
            "It needs: import java.time.Duration;"),
        Arguments.of(
            "\"abc\".lenght()",
            "cannot find symbol: method lenght() in class String",
            "Did you mean length()?"),
        Arguments.of(
            "new Model().layer",
            "cannot find symbol: variable layer in class Model",
            "Did you mean layers?"));
  }

  @ParameterizedTest
  @MethodSource("misspelt")
  void misspeltNamesAreAnsweredWithWhatTheyMayMean(String code, String message, String hint) {
    CELLS.nothing("double learningRate = 1; void trainModel(int n) {} class Model { int layers; }");
    var failure = CELLS.failure(code);
    assertEquals(message, failure.message());
    assertEquals(hint, lines(failure).getLast().strip());
  }

  @Test
  void distanceCountsSlipsOfTheFingers() {
    assertEquals(0, Suggestions.distance("abc", "abc"));
    assertEquals(1, Suggestions.distance("abc", "acb"));
    assertEquals(1, Suggestions.distance("abc", "ab"));
    assertEquals(0.5, Suggestions.distance("abc", "Abc"));
    assertEquals(2, Suggestions.distance("abc", "axyc"));
  }
}
