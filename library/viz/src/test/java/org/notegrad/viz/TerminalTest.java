package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private record Text(String text) implements View {
    @Override
    public String html() {
      throw new AssertionError("a terminal asks for no HTML");
    }
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void oneLineIsRewrittenInPlace() {
    var line = new Terminal.Line(out, true);
    line.update(new Text("10% done"));
    line.update(new Text("100%"));
    line.close();
    assertEquals("\r10% done\r100%    \r100%\n", printed());
  }

  @Test
  void aLineTooLongForTheTerminalIsCutWhileItChangesAndWholeInTheEnd() {
    var line = new Terminal.Line(out, true);
    line.update(new Text("x".repeat(5000)));
    assertTrue(printed().length() < 5000 && printed().endsWith("x…"));
    line.close();
    assertTrue(printed().endsWith("x".repeat(5000) + "\n"));
  }

  @Test
  void intoAFileTheFirstAndTheLastLineAreWritten() {
    var line = new Terminal.Line(out, false);
    line.update(new Text("10%"));
    line.update(new Text("20%"));
    line.update(new Text("100%"));
    line.close();
    line.close();
    assertEquals("10%\n100%\n", printed());
  }

  @Test
  void theScreenInUseIsGivenBack() {
    var terminal = Screen.current();
    assertInstanceOf(Terminal.class, terminal);
    Screen other = view -> null;
    assertSame(terminal, Screen.use(other));
    assertSame(other, Screen.use(terminal));
  }
}
