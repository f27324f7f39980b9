package org.notegrad.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the quickstart finds: as it is saved, and after a real kernel has run it. */
class QuickstartTest {
  private static final Path SAVED = Path.of("01-quickstart.ipynb");
  private static final Pattern ACCURACY = Pattern.compile("([0-9.]+) % of the 359 test pictures");

  /** The cells that show a picture, by what each shows. */
  private static final List<String> PICTURES =
      List.of("batch", "show-tensor", "model", "backward", "train", "confusion", "wrong");

  @Test
  void isSavedWithItsOutputs() throws IOException {
    showsEverything(Notebook.read(SAVED));
  }

  @Tag("lesson")
  @Test
  void aRealKernelRunsIt(@TempDir Path out) throws Exception {
    var process =
        new ProcessBuilder("../notegrad", "run", "--out", out.toString(), SAVED.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    var executed = Notebook.read(out.resolve(SAVED));
    showsEverything(executed);
    assertEquals(
        Notebook.read(SAVED).cells().stream().map(Notebook.Cell::source).toList(),
        executed.cells().stream().map(Notebook.Cell::source).toList());
  }

  private static void showsEverything(Notebook notebook) {
    for (var cell : notebook.cells()) {
      assertEquals(List.of(), cell.errors(), cell.id());
    }
    for (String id : PICTURES) {
      var html = notebook.cell(id).data("text/html");
      assertTrue(html.contains("<"), () -> id + " has no HTML: " + notebook.cell(id).outputs());
      assertFalse(html.contains("<script"), id);
      assertFalse(notebook.cell(id).data("text/plain").isBlank(), id);
    }
    for (String id : List.of("batch", "train", "wrong")) {
      assertTrue(notebook.cell(id).data("text/html").contains("data:image/"), id);
    }
    assertEquals(1, notebook.cell("train").outputs().size(), "one chart, updated in place");
    assertEquals(
        Math.log(10), Double.parseDouble(notebook.cell("first-loss").data("text/plain")), 0.3);
    Matcher accuracy = ACCURACY.matcher(notebook.cell("accuracy").data("text/plain"));
    assertTrue(accuracy.find(), notebook.cell("accuracy").data("text/plain"));
    assertTrue(Double.parseDouble(accuracy.group(1)) >= 96, accuracy.group());
  }
}
