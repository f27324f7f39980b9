package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;

  @Test
  void aMissingNotebookIsNamedWithStatus1AndNoStackTrace() {
    var err = new StringWriter();
    int status =
        Main.commandLine().setErr(new PrintWriter(err)).execute("run", folder + "/gone.ipynb");
    assertEquals(1, status);
    assertEquals("There is no notebook " + folder + "/gone.ipynb\n", err.toString());
  }

  @Test
  void noNotebookIsAUsageErrorWithStatus2() {
    var err = new StringWriter();
    assertEquals(2, Main.commandLine().setErr(new PrintWriter(err)).execute("run"));
    assertTrue(err.toString().contains("NOTEBOOK"), err.toString());
  }

  @Test
  void notebooksOfOneNameAreRefusedSinceTheirResultsWouldCollide() throws IOException {
    var one = notebook("a/lesson.ipynb");
    var other = notebook("b/lesson.ipynb");
    assertDoesNotThrow(() -> RunCommand.check(List.of(one)));
    var refused = assertThrows(CommandFailure.class, () -> RunCommand.check(List.of(one, other)));
    assertTrue(refused.getMessage().contains("lesson.ipynb"), refused.getMessage());
  }

  @Test
  void aFileThatIsNoNotebookIsRefused() throws IOException {
    var html = notebook("lesson.html");
    assertThrows(CommandFailure.class, () -> RunCommand.check(List.of(html)));
  }

  private Path notebook(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), "{}");
  }
}
