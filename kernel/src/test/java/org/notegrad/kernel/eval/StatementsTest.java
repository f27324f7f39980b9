package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.kernel.eval.Statements.Kind;

class StatementsTest {

  private static List<String> sources(String code) {
    return Statements.split(code).stream().map(piece -> Statements.source(code, piece)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x = 1;",
        "x + 1",
        "if (a) b(); else if (c) { d(); } else e();",
        "for (int i = 0; i < 3; i++) if (i == 1) { f(); } else g();",
        "do x++; while (x < 3);",
        "do { x++; } while (x < 3);",
        "while (true) { break; }",
        "try (var in = open()) { a(); } catch (IOException | Error e) { b(); } finally { c(); }",
        "switch (x) { case 1 -> a(); default -> { b(); } }",
        "outer: for (;;) { break outer; }",
        "synchronized (lock) { a(); }",
        "int[] a = {1, 2, 3};",
        "Runnable r = () -> { a(); };",
        "Object o = new Object() { int f() { return 1; } };",
        "new Thread() { public void run() {} }.start();",
        "String s = switch (x) { case 1 -> \"a;b\"; default -> { yield \"}\"; } };",
        "<T extends Comparable<T>> T max(List<? extends T> all) throws Exception { return null; }",
        "@FunctionalInterface interface F<T> { T f(int a); }",
        "@SuppressWarnings(\"unchecked\") static final int f(int[] a) { return a[0]; }",
        "public record P<T>(int x, T y) implements I { P { check(x); } }",
        "sealed interface S permits A, B {}",
        "enum E { A { void f() {} }, B; void f() {} }",
        "@interface An { int value() default 1; }",
        "import static java.lang.Math.*;",
        "String t = \"\"\"\n  a; } \"quoted\" { \\\"\"\"\n  \"\"\";",
        "char c = '}';",
        "/* ; */ int y = 1 // ;\n ;",
        "List<Map<String, int[]>> m = new ArrayList<>();",
        "record = 3;",
        "switch (x) { case 1 -> 5; default -> 3; }",
        "double d = 1.5e-3;"
      })
  void onePieceStaysWhole(String code) {
    assertEquals(1, sources(code).size(), () -> sources(code).toString());
    var twice = code + (code.endsWith("}") || code.endsWith(";") ? "" : ";") + "\nint after = 2;";
    var pieces = sources(twice);
    assertEquals(2, pieces.size(), pieces::toString);
    assertEquals("int after = 2;", pieces.get(1));
  }

  @Test
  void emptyStatementsAndCommentsAreNoPieces() {
    assertEquals(List.of(), sources(" ;; // nothing\n /* nothing */ ;"));
  }

  @Test
  void codeThatIsNotClosedIsTheLastPiece() {
    assertEquals(List.of("int x = 1;", "for (;;) { f(;"), sources("int x = 1; for (;;) { f(;"));
  }

  @Test
  void strayBracketsAreKept() {
    assertEquals(List.of("int x = 1;", ") } x;"), sources("int x = 1; ) } x;"));
  }

  @Test
  void declarationsTellTheirName() {
    var code = "class A<T> {} static int f(int x) throws E {} record R(int x) {} @interface An {}";
    assertEquals(
        List.of("A", "f", "R", "An"),
        Statements.split(code).stream().map(Statements.Piece::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b(1);", "x = 3;", "x += 2;", "x++;", "if (a) b();", "new A().b();", "{ }"})
  void statementsAreKnownAsSuch(String code) {
    assertEquals(Kind.STATEMENT, Statements.split(code).getFirst().kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x = f(1);",
        "A.B x = 1;",
        "List<X> y;",
        "var z = 1;",
        "x",
        "f(1)",
        "int[] a;"
      })
  void whatMayDeclareIsNotTakenForAStatement(String code) {
    assertEquals(Kind.OTHER, Statements.split(code).getFirst().kind());
  }
}
