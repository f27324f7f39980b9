package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.kernel.magic.CellParts.Part;
import org.notegrad.kernel.magic.Magic.Form;

class CellPartsTest {
  private static List<Part> parts(String code) {
    return CellParts.of(code, Set.of("time", "who", "html")::contains);
  }

  private static Part.Call call(Part part) {
    return assertInstanceOf(Part.Call.class, part);
  }

  @Test
  void magicsStandBetweenLinesOfJavaWhichKeepTheirPlaces() {
    var parts = parts("int a = 1;\n%time a + 1\na");
    assertEquals(3, parts.size());
    assertEquals(new Part.Java("int a = 1;\n           \n "), parts.get(0));
    assertEquals("a + 1", call(parts.get(1)).arguments());
    assertEquals(17, call(parts.get(1)).argumentsStart());
    assertEquals(new Part.Java("          \n           \na"), parts.get(2));
  }

  @Test
  void aCellMagicTakesAllLinesBelow() {
    var call = call(parts("\n%%html  now\n<b>\n%who\n").getFirst());
    assertEquals(Form.CELL, call.form());
    assertEquals("now", call.arguments());
    assertEquals("<b>\n%who\n", call.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int a = b\n  % c;",
        "int a = b\n  %c;",
        "int a = (b\n%time);",
        "var s = \"\"\"\n%time x\n\"\"\";",
        "/*\n%time x\n*/",
        "foo(a,\n%who)",
        "int x = 7 % 2;",
        "String.format(\"\n%d\", 1)"
      })
  void javaThatOnlyLooksLikeAMagicStaysJava(String code) {
    assertEquals(List.of(new Part.Java(code)), parts(code));
  }

  @Test
  void aMagicMayFollowAnExpressionWithoutSemicolon() {
    assertEquals(2, parts("a + b\n%who").size());
  }

  @Test
  void anUnknownNameAfterAWholeStatementIsAMagicToo() {
    assertEquals("whoo", call(parts("int a;\n%whoo").getLast()).name());
  }

  @Test
  void aCellMagicFurtherDownIsMisplaced() {
    var misplaced = assertInstanceOf(Part.Misplaced.class, parts("int a;\n%%html").getLast());
    assertEquals("%%html", misplaced.name());
  }

  @Test
  void aMagicInsideABlockIsMisplaced() {
    var parts = parts("for (;;) {\n  %who\n}");
    assertInstanceOf(Part.Misplaced.class, parts.get(1));
  }

  @Test
  void windowsLineEndsAreNoArguments() {
    assertEquals("a", call(parts("%time a\r\nint b;").getFirst()).arguments());
  }
}
