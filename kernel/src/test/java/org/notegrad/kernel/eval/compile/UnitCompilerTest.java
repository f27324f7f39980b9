package org.notegrad.kernel.eval.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitCompilerTest {

  private static final UnitCompiler COMPILER = new UnitCompiler(List.of());

  private static Set<String> compile(String name, String members) {
    var source = "package REPL; public class " + name + " {" + members + "}";
    return COMPILER.compile("REPL." + name, source).orElseThrow().keySet();
  }

  @Test
  void theBuildGivesTheOptionsThatItNeeds() {
    assertTrue(UnitCompiler.isAvailable());
    assertEquals(3, UnitCompiler.exports().size());
  }

  @Test
  void everyClassOfASourceIsReturned() {
    var names =
        compile(
            "Outer", "interface Inner {} Runnable r = new Runnable() { public void run() {} };");
    assertEquals(Set.of("REPL.Outer", "REPL.Outer$Inner", "REPL.Outer$1"), names);
  }

  @Test
  void whatDoesNotCompileLeavesNothingBehind() {
    assertEquals(
        Optional.empty(),
        COMPILER.compile("REPL.Bad", "package REPL; public class Bad { int a = missing; }"));
    assertEquals(Set.of("REPL.Good"), compile("Good", ""));
  }

  @Test
  void classesThatWereAddedCanBeNamedAndReplaced() {
    var first = "package REPL; public class Known { public static int f() { return 1; } }";
    COMPILER.add(
        "REPL.Known", COMPILER.compile("REPL.Known", first).orElseThrow().get("REPL.Known"));
    compile("User", "int a = Known.f();");
    var second = first.replace("int f() { return 1; }", "String g() { return \"\"; }");
    COMPILER.add(
        "REPL.Known", COMPILER.compile("REPL.Known", second).orElseThrow().get("REPL.Known"));
    compile("User", "String a = Known.g();");
    var old = "package REPL; public class User { int a = Known.f(); }";
    assertEquals(Optional.empty(), COMPILER.compile("REPL.User", old));
  }

  private static void add(String simpleName) {
    var source = "package REPL; public class " + simpleName + " { public static class In {} }";
    COMPILER
        .compile("REPL." + simpleName, source)
        .orElseThrow()
        .forEach((name, bytes) -> COMPILER.add(name, bytes));
  }

  private static boolean isKnown(String name) {
    var source = "package REPL; public class Asks { " + name + " a; }";
    return COMPILER.compile("REPL.Asks", source).isPresent();
  }

  @Test
  void ofASnippetThatIsCompiledAgainTheOldClassesAreForgotten() {
    add("$JShell$7");
    add("$JShell$70");
    add("$JShell$7_8");
    assertTrue(isKnown("$JShell$7") && isKnown("$JShell$7.In"));
    add("$JShell$7B");
    assertFalse(isKnown("$JShell$7") || isKnown("$JShell$7.In"));
    assertTrue(isKnown("$JShell$7B.In") && isKnown("$JShell$70.In") && isKnown("$JShell$7_8.In"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                                           | int",
        "new int[0][]                                | int[][]",
        "\"a\" + 1                                   | java.lang.String",
        "java.util.List.of(1.0)                      | java.util.List<java.lang.Double>",
        "new java.util.HashMap<String, int[]>()      | java.util.HashMap<java.lang.String, int[]>",
        "java.util.Map.entry(1, 2)                   | java.util.Map.Entry<java.lang.Integer,"
            + " java.lang.Integer>",
        "(Class<?>) null                             | java.lang.Class<?>",
        "\"a\".getClass()                            | java.lang.Class<? extends java.lang.String>",
        "(java.util.Comparator<? super Integer>) null| java.util.Comparator<? super"
            + " java.lang.Integer>",
        "new Object() { int x; }                     |",
        "java.util.List.of(1, \"a\")                 |",
        "missing                                     |",
        "() -> 1                                     |",
        "null                                        |"
      })
  void typesOfVariablesAreWrittenAsSource(String initializer, String type) {
    var source = "package REPL; class V { void f() { var v = " + initializer + "; } }";
    assertEquals(Optional.ofNullable(type), COMPILER.typeOf("REPL.V", source, "v"));
  }
}
