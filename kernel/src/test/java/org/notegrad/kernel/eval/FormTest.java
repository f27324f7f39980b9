package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "a < b",
        "x = 3",
        "i++",
        "new int[] {1, 2}",
        "list.get(0)",
        "a[0]",
        "x instanceof String s",
        "(int) 3.5",
        "Math::abs",
        "\"text\"",
        "cond ? a : b",
        "java.time.Duration.ofDays(1)"
      })
  void expressions(String source) {
    assertInstanceOf(Form.Expression.class, Form.of(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f();",
        "x = 3;",
        "a[0] = 5;",
        "{ int local = 3; }",
        "for (;;) { break; }",
        "var _ = f();",
        "\"a\".length();",
        "this.x = 3;"
      })
  void statements(String source) {
    assertInstanceOf(Form.Statement.class, Form.of(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int x = 3;                                | int                   | x | false",
        "int x = 3                                 | int                   | x | false",
        "final var x = f();                        | var                   | x | true",
        "int[] x = {1, 2};                         | int[]                 | x | false",
        "Map<String, List<int[]>> x = f();         | Map<String, List<int[]>> | x | false",
        "java.util.Map.Entry<A, ? super B>[] x = n;| java.util.Map.Entry<A, ? super B>[] | x |"
            + " false",
        "Outer<A>.Inner<B> x = y;                  | Outer<A>.Inner<B>     | x | false"
      })
  void variables(String source, String type, String name, boolean isFinal) {
    var variable = assertInstanceOf(Form.Variable.class, Form.of(source.strip()));
    assertEquals(type, variable.type());
    assertEquals(name, variable.name());
    assertEquals(isFinal, variable.isFinal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x;",
        "static int x = 3;",
        "int x[] = {1};",
        "int[] a = {1}, b = {2};",
        "@Deprecated int x = 3;",
        "int f() { return 1; }",
        "class A {}",
        "abstract int f();",
        "f(",
        "1; 2",
        "a } {",
        ""
      })
  void whatOnlyJShellUnderstands(String source) {
    assertInstanceOf(Form.Other.class, Form.of(source));
  }

  @Test
  void initializerStartsAfterTheEqualsSign() {
    var variable = assertInstanceOf(Form.Variable.class, Form.of("int x =  /* c */ 42;"));
    assertEquals("int x =  /* c */ ".length(), variable.initializer());
  }
}
