package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgramRunnerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theLastExpressionIsPrinted() {
    assertTrue(run("int n = 6;\nn * 7"));
    assertEquals("42\n", out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void statementsThatGiveNothingPrintNothing() {
    assertTrue(run("int n = 6;\nfor (int i = 0; i < 3; i++) n += i;"));
    assertEquals("", out.toString());
  }

  @Test
  void notegradIsImported() {
    assertTrue(run("zeros(2, 3).shape()"), err::toString);
    assertEquals("(2, 3)\n", out.toString());
  }

  @Test
  void aProgramThatDoesNotCompileFailsAndRunsNoLaterStatement() {
    assertFalse(run("int n = \"six\";\nSystem.setProperty(\"notegrad.ran\", \"yes\");"));
    assertTrue(err.toString().contains("String cannot be converted to int"), err::toString);
    assertFalse(err.toString().contains("\u001b"), err::toString);
    assertEquals(null, System.getProperty("notegrad.ran"));
  }

  @Test
  void anExceptionFailsWithItsNameAndMessage() {
    assertFalse(run("zeros(2, 3).matmul(zeros(4, 5))"));
    assertTrue(err.toString().contains("ShapeException"), err::toString);
    assertTrue(err.toString().contains("inner dimensions 3 and 4 differ"), err::toString);
  }

  @Test
  void anEmptyProgramIsRight() {
    assertTrue(run(" \n"));
  }

  private boolean run(String program) {
    return new ProgramRunner(new PrintStream(out, true), new PrintStream(err, true)).run(program);
  }
}
