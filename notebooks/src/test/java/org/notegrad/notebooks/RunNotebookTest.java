package org.notegrad.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./notegrad run} with the real kernel, on notebooks made here. */
@Tag("lesson")
class RunNotebookTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @Test
  void aNotebookIsWrittenWithItsOutputsAndAsAPage() throws Exception {
    var notebook = notebook("good", "int n = 6;", "n * 7");
    var before = Files.readString(notebook);
    assertEquals(0, run(notebook), this::said);
    var cells = JsonParser.parseString(Files.readString(folder.resolve("out/good.ipynb")));
    var outputs = cells.getAsJsonObject().getAsJsonArray("cells").get(1).getAsJsonObject();
    assertTrue(outputs.get("outputs").toString().contains("42"), outputs::toString);
    assertTrue(Files.readString(folder.resolve("out/good.html")).contains("42"));
    assertTrue(said().contains("[2/2]"), this::said);
    assertEquals(before, Files.readString(notebook));
  }

  @Test
  void aFailingCellIsShownWithItsErrorAndStatus1() throws Exception {
    var notebook =
        notebook("bad", "int n = 6;", "Objects.checkIndex(n, 3)", "System.out.println(\"later\")");
    assertEquals(1, run(notebook), this::said);
    assertTrue(said().contains("bad.ipynb: cell 2 of 3 failed"), this::said);
    assertTrue(said().contains("    Objects.checkIndex(n, 3)"), this::said);
    assertTrue(said().contains("IndexOutOfBoundsException"), this::said);
    assertFalse(Files.readString(folder.resolve("out/bad.ipynb")).contains("later\\n"));
    assertTrue(Files.exists(folder.resolve("out/bad.html")));
  }

  private int run(Path notebook) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                ROOT.resolve("notegrad").toString(),
                "run",
                notebook.toString(),
                "--out",
                folder.resolve("out").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    return process.start().waitFor();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path notebook(String name, String... cells) throws IOException {
    var made =
        Arrays.stream(cells)
            .map(RunNotebookTest::cell)
            .collect(
                Collectors.joining(
                    ",", "{\"cells\":[", "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}"));
    return Files.writeString(folder.resolve(name + ".ipynb"), made);
  }

  private static String cell(String source) {
    var quoted = new com.google.gson.Gson().toJson(source);
    return Stream.of(
            "\"cell_type\":\"code\"",
            "\"metadata\":{}",
            "\"outputs\":[]",
            "\"execution_count\":null",
            "\"source\":" + quoted)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
