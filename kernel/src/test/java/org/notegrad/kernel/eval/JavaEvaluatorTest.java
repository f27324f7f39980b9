package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaEvaluatorTest {

  private static final Cells CELLS = new Cells();

  @AfterAll
  static void close() {
    CELLS.close();
  }

  @Test
  void lastExpressionIsTheValue() {
    assertEquals(10, CELLS.value("int five = 5;\nfive * 2"));
    assertEquals(5, CELLS.value("five"));
    assertEquals(7, CELLS.value("five = 7"));
    assertNull(CELLS.value("null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1;",
        "int semi = 3",
        "int a = 1, b = 2",
        "if (true) Math.abs(1)",
        "var inferred = List.of(1)",
        "int semi = 3;",
        "Math.abs(1);",
        "",
        "// nothing",
        "for (int i = 0; i < 3; i++);"
      })
  void declarationsAndWhatEndsWithASemicolonShowNothing(String code) {
    CELLS.nothing(code);
  }

  @Test
  void valueIsTheObjectItself() {
    var list = CELLS.value("var kept = new ArrayList<String>();\nkept");
    assertSame(list, CELLS.value("kept"));
  }

  @Test
  void valueOfAnyToStringIsReturnedUntouched() {
    CELLS.nothing("class Deep { public String toString() { return \"\" + this; } }");
    assertEquals("Deep", CELLS.value("new Deep()").getClass().getSimpleName());
  }

  @Test
  void importsPersist() {
    CELLS.nothing("import java.time.Duration;");
    assertEquals(Duration.ofDays(2), CELLS.value("Duration.ofDays(2)"));
  }

  @Test
  void everyKindOfDeclarationWorks() {
    var code =
        """
        record Pair<A, B>(A first, B second) {
          static <X> Pair<X, X> twice(X x) { return new Pair<>(x, x); }
        }
        enum Color { RED, GREEN { @Override int code() { return 2; } }; int code() { return 1; } }
        interface Shape { double area(); }
        @FunctionalInterface interface Fn<T> { T of(T t); }
        sealed interface Tree permits Leaf, Branch {}
        record Leaf(int v) implements Tree {}
        record Branch(Tree l, Tree r) implements Tree {}
        int sum(Tree t) {
          return switch (t) { case Leaf(int v) -> v; case Branch(var l, var r) -> sum(l) + sum(r); };
        }
        abstract class Base { abstract int f(); }
        class Derived extends Base { int f() { return 40; } }
        <T extends Comparable<T>> T larger(T a, T b) { return a.compareTo(b) > 0 ? a : b; }
        String text = \"""
            two
            lines\""";
        Fn<Integer> inc = i -> i + 1;
        Shape square = () -> 4.0;
        new Derived().f() + inc.of(1) + larger(1, 2) + sum(new Branch(new Leaf(1), new Leaf(2)))
            + Color.GREEN.code() + (int) square.area() + text.lines().toList().size()
            + Pair.twice(5).second()
        """;
    assertEquals(40 + 2 + 2 + 3 + 2 + 4 + 2 + 5, CELLS.value(code));
  }

  @Test
  void declarationsMayReferToLaterOnesOfTheSameCell() {
    var code =
        """
        boolean even(int n) { return n == 0 || odd(n - 1); }
        boolean odd(int n) { return n != 0 && even(n - 1); }
        even(10)
        """;
    assertEquals(true, CELLS.value(code));
  }

  @Test
  void statementsMayUseMethodsAndClassesThatFollow() {
    assertEquals(
        42,
        CELLS.value(
            "int late = answer();\n"
                + "int answer() { return new Late().v; }\n"
                + "class Late { int v = 42; }\n"
                + "late"));
  }

  @Test
  void redefinitionReplaces() {
    CELLS.nothing("int twice(int a) { return a * 2; }\nint viaTwice() { return twice(4); }");
    assertEquals(8, CELLS.value("viaTwice()"));
    CELLS.nothing("int twice(int a) { return a * 20; }");
    assertEquals(80, CELLS.value("viaTwice()"));
    CELLS.nothing("var v = 3;");
    CELLS.nothing("var v = \"three\";");
    assertEquals("three", CELLS.value("v"));
    CELLS.nothing("class Same { int f() { return 1; } }");
    CELLS.nothing("class Same { int f() { return 2; } }");
    assertEquals(2, CELLS.value("new Same().f()"));
  }

  @Test
  void lambdasSeeTheNewValueOfAVariableThatIsDeclaredAgain() {
    CELLS.nothing("int seen = 1;\njava.util.function.IntSupplier look = () -> seen;");
    CELLS.nothing("int seen = 2;");
    assertEquals(2, CELLS.value("look.getAsInt()"));
  }

  @Test
  void valueOfARedeclaredVariableCanBeCollected() throws InterruptedException {
    CELLS.nothing(
        "var big = new long[1_000_000];\nvar ref = new java.lang.ref.WeakReference<Object>(big);");
    CELLS.nothing("var big = \"small\";");
    assertTrue(becomesTrue("System.gc(); ref.get() == null"));
  }

  @Test
  void shownValueCanBeCollected() throws InterruptedException {
    CELLS.nothing("java.lang.ref.WeakReference<Object> shown = null;");
    CELLS.nothing(
        "Object note(Object o) { shown = new java.lang.ref.WeakReference<>(o); return o; }");
    CELLS.value("note(new long[1_000_000])");
    assertTrue(becomesTrue("System.gc(); shown.get() == null"));
  }

  private static boolean becomesTrue(String code) throws InterruptedException {
    for (int attempt = 0; attempt < 20; attempt++) {
      if (CELLS.value(code).equals(true)) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  @Test
  void finalVariableCannotBeAssigned() {
    CELLS.nothing("final int LIMIT = 3;");
    assertEquals(4, CELLS.value("LIMIT + 1"));
    var failure = CELLS.failure("LIMIT = 4;");
    assertTrue(failure.message().contains("LIMIT"), failure::toString);
    assertEquals(3, CELLS.value("LIMIT"));
    CELLS.nothing("final int LIMIT = 5;");
    assertEquals(5, CELLS.value("LIMIT"));
  }

  @Test
  void cellsKnowWhichCellTheyAre() throws InterruptedException {
    var own =
        (long) CELLS.value("org.notegrad.kernel.eval.JavaEvaluator.currentCell().getAsLong()");
    assertEquals("cell [" + own + "]", CELLS.label());
    var code =
        """
        long[] inherited = new long[2];
        Thread child = new Thread(() -> inherited[0] = org.notegrad.kernel.eval.JavaEvaluator.currentCell().getAsLong());
        child.start();
        child.join();
        inherited[0]
        """;
    assertEquals(own + 1, CELLS.value(code));
    assertTrue(JavaEvaluator.currentCell().isEmpty());
  }

  @Test
  void aBodyCanRunUnderTheRulesOfACell() {
    var returned = CELLS.evaluator.runInCell(new Cell(900, ""), () -> Thread.currentThread());
    assertNotSame(Thread.currentThread(), ((Ran.Returned<Thread>) returned).value());
    var ended =
        CELLS.evaluator.runInCell(
            new Cell(901, ""),
            () -> {
              throw new StackOverflowError();
            });
    assertInstanceOf(Ran.Ended.class, ended);
  }

  @Test
  void manyRedeclarationsWork() {
    CELLS.nothing("int counter = 0;");
    for (int i = 0; i < 50; i++) {
      CELLS.nothing("int counter = counter + 1;");
    }
    assertEquals(50, CELLS.value("counter"));
  }

  @Test
  void hundredsOfVariablesKeepTheirValues() {
    try (var cells = new Cells()) {
      cells.nothing("int pinned = 7; int readsPinned() { return pinned; }");
      for (int i = 0; i < 90; i++) {
        cells.nothing("var many" + i + " = List.of(" + i + ");");
      }
      long inJShell = cells.evaluator.variables().size();
      assertEquals(91, inJShell);
      assertEquals(List.of(3), cells.value("many3"));
      assertEquals(List.of(89), cells.value("many89"));
      assertEquals(7, cells.value("readsPinned()"));
      cells.nothing("many5 = List.of(55);");
      cells.nothing("String many6 = \"other type\";");
      assertEquals(List.of(55), cells.value("many5"));
      assertEquals("other type", cells.value("many6"));
      var candidates = cells.evaluator.complete("many1", 5).candidates();
      assertEquals(11, candidates.size(), candidates::toString);
      assertTrue(cells.evaluator.inspect("many70", 3, 0).isPresent());
      cells.evaluator.reset();
      assertEquals(List.of(), cells.evaluator.variables());
      cells.failure("many3");
    }
  }

  @Test
  void cellOfAThousandLinesRuns() {
    var code = new StringBuilder("int lines = 0;\n");
    for (int i = 0; i < 1000; i++) {
      code.append("lines += 1;\n");
    }
    assertEquals(1000, CELLS.value(code + "lines"));
  }

  @Test
  void completenessTellsWhatToDoAtEnter() {
    assertEquals(new Completeness.Complete(), CELLS.evaluator.isComplete("int x = 1;"));
    assertEquals(new Completeness.Complete(), CELLS.evaluator.isComplete("1 + 1"));
    assertEquals(new Completeness.Complete(), CELLS.evaluator.isComplete("%time x"));
    assertEquals(
        new Completeness.Incomplete("  "),
        CELLS.evaluator.isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals(
        new Completeness.Incomplete("    "), CELLS.evaluator.isComplete("class A {\n  void f() {"));
    assertEquals(
        new Completeness.Incomplete(""), CELLS.evaluator.isComplete("int x = 1; /* and\n"));
    assertEquals(new Completeness.Invalid(), CELLS.evaluator.isComplete("int ] x;"));
    assertEquals(new Completeness.Invalid(), CELLS.evaluator.isComplete("}"));
    assertFalse(CELLS.evaluator.isComplete("foo(") instanceof Completeness.Complete);
  }

  @Test
  void completionFindsVariablesMembersAndTypes() {
    CELLS.nothing("String greeting = \"hello\";");
    assertEquals(List.of("greeting"), texts("greet"));
    assertTrue(
        texts("greeting.subs").contains("substring("), () -> texts("greeting.subs").toString());
    assertEquals(4, CELLS.evaluator.complete("1; greet", 8).start() + 1);
  }

  @Test
  void completionTellsTypesAndSignatures() {
    CELLS.nothing(
        "List<String> words = List.of();\n"
            + "class Dog { int age; String bark(int times) { return \"\"; } }");
    CELLS.nothing("Dog rex = new Dog();\nint area(int w, int h) { return w * h; }");
    assertEquals("subList(int, int): List<E>", signature("words.subL", "subList("));
    assertEquals(
        "toUpperCase(): String, +1", signature("words.get(0).trim().toUpper", "toUpperCase("));
    assertEquals("max(double, double): double, +3", signature("int m = 1 + Math.ma", "max("));
    assertEquals("bark(int times): String", signature("rex.ba", "bark("));
    assertEquals("age: int", signature("rex.ag", "age"));
    assertEquals("rex: Dog", signature("re", "rex"));
    assertEquals("area(int,int): int", signature("are", "area("));
    assertEquals("class java.lang.StringBuilder", signature("StringBu", "StringBuilder"));
    assertEquals("class Dog", signature("new Do", "Dog()"));
  }

  @Test
  void completionListsWhatFitsFirstAndWhatEveryObjectHasLast() {
    CELLS.nothing(
        "class Kennel { int zone; String zip() { return \"\"; } }\nvar home = new Kennel();");
    var own = List.of("zip()", "zone");
    assertEquals(own, texts("home.").subList(0, 2));
    assertEquals(List.of("zip()", "toString()", "zone"), texts("String s = home.").subList(0, 3));
  }

  @Test
  void completionKnowsVariablesThatTheCellDeclaresFurtherUp() {
    try (var cells = new Cells()) {
      var code = "var first = List.of(\"a\");\nvar second = first.get(0);\nsecond.";
      var texts =
          cells.evaluator.complete(code + "toUpp", code.length() + 5).candidates().stream()
              .map(Completion.Candidate::text)
              .toList();
      assertEquals(List.of("toUpperCase("), texts);
      var names = cells.evaluator.complete(code.replace("second.", "seco"), code.length() - 3);
      assertEquals("second", names.candidates().getFirst().text());
      assertTrue(cells.evaluator.inspect(code, code.length() - 3, 0).isPresent());
      assertEquals(List.of(), cells.evaluator.variables());
      assertTrue(cells.failure("second").message().contains("second"));
    }
  }

  private static String signature(String code, String text) {
    var candidates = CELLS.evaluator.complete(code, code.length()).candidates();
    return candidates.stream()
        .filter(candidate -> candidate.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(candidates.toString()))
        .signature();
  }

  @Test
  void inspectionDescribesWhatTheCursorTouches() {
    CELLS.nothing("String inspected = \"hello\";");
    CELLS.nothing("int triple(int number) { return 3 * number; }");
    assertTrue(inspect("inspected", 3).contains("inspected:java.lang.String"));
    assertEquals("int triple(int number)", inspect("triple(2)", 2));
    assertEquals("int triple(int number)", inspect("int x = 1;\ntriple(", 18));
    var substring = inspect("inspected.substring(1)", 14);
    assertTrue(substring.contains("String String.substring(int beginIndex)"), substring);
    assertTrue(CELLS.evaluator.inspect("nonsense", 3, 0).isEmpty());
    assertTrue(CELLS.evaluator.inspect("", 0, 0).isEmpty());
  }

  @Test
  void inspectionTellsNotegradsDocumentationAtTwoLevels() {
    String call = "tensor(1f).matmul(tensor(2f))";
    var brief = CELLS.evaluator.inspect(call, 14, 0).orElseThrow();
    assertTrue(brief.text().startsWith("Tensor Tensor.matmul(Tensor other)\n"), brief.text());
    assertTrue(brief.text().contains("matrix product"), brief.text());
    var whole = CELLS.evaluator.inspect(call, 14, 1).orElseThrow();
    assertTrue(whole.text().length() > brief.text().length(), whole.text());
    assertTrue(whole.html().contains("<p>"), whole.html());
    String adam = "new Adam(";
    var constructors = CELLS.evaluator.inspect(adam, adam.length(), 1).orElseThrow().text();
    assertTrue(constructors.contains("The defaults, with this learning rate."), constructors);
    assertTrue(constructors.contains("Adam with these settings."), constructors);
    var type = CELLS.evaluator.inspect("Adam", 4, 1).orElseThrow().text();
    assertTrue(type.contains("Kingma and Ba, 2015"), type);
  }

  private static String inspect(String code, int cursor) {
    return CELLS.evaluator.inspect(code, cursor, 0).orElseThrow().text();
  }

  private static List<String> texts(String code) {
    return CELLS.evaluator.complete(code, code.length()).candidates().stream()
        .map(Completion.Candidate::text)
        .toList();
  }

  @Test
  void sealedTypesAndTheirSubtypesMayHaveNamesOfImportedClasses() {
    try (var cells = new Cells()) {
      cells.nothing("import java.awt.*;");
      var code =
          """
          sealed interface Shape permits Label, Square {}
          record Label(double radius) implements Shape {}
          record Square(double side) implements Shape {}
          double area(Shape shape) {
            return switch (shape) {
              case Label(var radius) -> 3 * radius * radius;
              case Square(var side) -> side * side;
            };
          }
          area(new Label(2)) + area(new Square(3))
          """;
      assertEquals(21.0, cells.value(code));
      assertEquals(true, cells.value("Shape.class.isSealed()"));
      assertEquals(21.0, cells.value(code));
    }
  }

  @Test
  void sealedClassesAndTheirSubtypesAreDeclaredInOneCell() {
    var code =
        """
        abstract sealed class Expr permits Num, Sum {
          final String name;
          Expr(String name) { this.name = name; }
          static Expr zero() { return new Num(0); }
        }
        final class Num extends Expr {
          final int value;
          Num(int value) { super("num"); this.value = value; }
        }
        final class Sum extends Expr {
          final Expr left, right;
          Sum(Expr left, Expr right) { super("sum"); this.left = left; this.right = right; }
        }
        int eval(Expr e) {
          return switch (e) {
            case Num n -> n.value;
            case Sum s -> eval(s.left) + eval(s.right);
          };
        }
        eval(new Sum(new Num(2), new Sum(Expr.zero(), new Num(5))))
        """;
    assertEquals(7, CELLS.value(code));
  }
}
