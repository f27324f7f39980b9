package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compiled without JShell, and how it meets with what JShell compiles. */
class UnitsTest {

  private final Session session = new Session(List.of());
  private long count;

  UnitsTest() {
    session.start(List.of("import java.util.*;", "import static java.lang.Math.*;"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private CellResult run(String code) {
    return session.evaluate(new Cell(++count, code), code);
  }

  private Object value(String code) {
    var result = run(code);
    return assertInstanceOf(CellResult.Value.class, result, result::toString).value();
  }

  private void assertRan(String code) {
    var result = run(code);
    assertTrue(
        result instanceof CellResult.Value || result instanceof CellResult.Nothing,
        result::toString);
  }

  private CellResult.Failure failure(String code) {
    return assertInstanceOf(CellResult.Failure.class, run(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "int x = 3;\nint y = x * 2;\nx += y;\nx",
        "var list = new ArrayList<>(List.of(1, 2));\nlist.add(3);\nlist",
        "int[] a = {1, 2};\na[0] = 5;\na[0]",
        "System.setProperty(\"unit\", \"test\")",
        "System.gc()",
        "final int N = 4;\nN * N",
        "for (int i = 0; i < 3; i++) {\n  max(i, 2);\n}",
        "import java.time.Duration;\nDuration.ofDays(2)",
        "Runnable r = () -> {};\nr.run();\nr",
        "var _ = List.of();",
        "try {\n  throw new IllegalStateException();\n} catch (RuntimeException e) {\n}"
      })
  void jshellIsNotAsked(String code) {
    assertRan(code);
    assertFalse(session.shell.isInUse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int f() { return 1; }",
        "record P(int x) {}",
        "int a = 1, b = 2;",
        "var o = new Object() { int x = 1; };"
      })
  void jshellIsAsked(String code) {
    assertRan(code);
    assertTrue(session.shell.isInUse());
  }

  @Test
  void jshellIsAskedWhatIsWrong() {
    assertTrue(failure("missing").message().contains("missing"));
    assertTrue(session.shell.isInUse());
  }

  @Test
  void aThrowingUnitNeedsNoJShell() {
    assertEquals(
        "java.lang.IllegalStateException", failure("throw new IllegalStateException();").name());
    assertFalse(session.shell.isInUse());
  }

  @Test
  void anImportOfTheStartThatIsNotThereIsLeftOutAndSaid() {
    var err = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (var other = new Session(List.of())) {
      other.start(List.of("import org.nowhere.*;", "import java.util.*;"));
      other.shell.get();
      assertEquals(
          List.of("import java.util.*;"),
          other.imports.all().stream().map(Import::source).toList());
      other.reset();
      assertEquals(1, other.imports.all().size());
    } finally {
      System.setErr(err);
    }
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("import org.nowhere.*;"));
  }

  @Test
  void methodsSeeVariablesThatWereDeclaredBeforeAndAfter() {
    run("int before = 1;");
    run("int sum() { return before + after; }");
    run("int after = 2;");
    assertEquals(3, value("sum()"));
    run("before = 10;");
    assertEquals(12, value("sum()"));
    run("String after = \"!\";");
    run("String both() { return before + after; }");
    assertEquals("10!", value("both()"));
  }

  @Test
  void unitsSeeMethodsAndTypesAndTheirNewForms() {
    run("record Point(int x) { int twice() { return 2 * x; } }");
    run("var p = new Point(3);\nList<Point> all = List.of(p);");
    assertEquals(6, value("p.twice()"));
    assertEquals(3, value("all.get(0).x()"));
    run("int f(int a) { return a; }\nint f(String a) { return a.length(); }");
    assertEquals(7, value("f(4) + f(\"abc\")"));
    run("int f(int a) { return 10 * a; }");
    assertEquals(43, value("f(4) + f(\"abc\")"));
  }

  @Test
  void aMethodThatCannotBeUsedYetSaysSo() {
    run("int later() { return there(); }");
    assertTrue(failure("int x = later();").message().contains("there"));
    run("int viaLater() { return later(); }");
    assertTrue(failure("viaLater()").message().contains("there"));
    run("int there() { return 5; }");
    assertEquals(5, value("viaLater()"));
  }

  @Test
  void aConstantIsReadByMethodsAndKeepsItsValue() {
    run("final int LIMIT = 3;");
    run("int limit() { return LIMIT; }");
    assertEquals(3, value("limit()"));
    assertTrue(failure("LIMIT++").message().contains("LIMIT"));
    assertTrue(failure("void set() { LIMIT = 4; }").message().contains("LIMIT"));
    assertEquals(3, value("LIMIT"));
    run("final int LIMIT = 8;");
    assertEquals(8, value("LIMIT"));
    assertEquals(8, value("limit()"));
  }

  @Test
  void severalVariablesAtOnceStayTwoVariables() {
    run("int a = 1, b = 2;");
    assertEquals(3, value("a + b"));
    run("int[] c = {1}, d = {2};");
    assertEquals(2, value("d[0]"));
    run("int e = max(1, 2), g = 4;");
    assertEquals(6, value("e + g"));
  }

  @Test
  void aVariableMayHideWhatIsImported() {
    run("int PI = 3;\nint max = 5;");
    assertEquals(8, value("PI + max(max, 1)"));
  }

  @Test
  void framesTellTheLineOfTheCell() {
    var failure = failure("int ok = 1;\nint bad =\n    ok\n    / 0;");
    var lines = Cells.plain(failure.traceback());
    assertTrue(lines.stream().anyMatch(line -> line.contains("line 3")), lines::toString);
    failure = failure("\n\nList.of(1)\n    .get(3)");
    lines = Cells.plain(failure.traceback());
    assertTrue(lines.stream().anyMatch(line -> line.contains("line 4")), lines::toString);
  }

  @Test
  void resetForgetsVariablesImportsAndMethods() {
    run("import java.time.Duration;\nint x = 1;\nint f() { return x; }");
    session.reset();
    failure("x");
    failure("f()");
    failure("Duration.ZERO");
    assertEquals(List.of(), value("List.of()"));
  }
}
