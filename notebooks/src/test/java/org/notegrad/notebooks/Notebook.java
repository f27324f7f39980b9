package org.notegrad.notebooks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A notebook file, as tests look at it. */
record Notebook(List<Cell> cells) {
  /**
   * A code cell.
   *
   * @param outputs its saved outputs, as the notebook format has them
   */
  record Cell(String id, String source, List<JsonObject> outputs) {
    /** The text of one MIME type in the cell's outputs, all together; empty if there is none. */
    String data(String mime) {
      return outputs.stream()
          .filter(output -> output.has("data") && output.getAsJsonObject("data").has(mime))
          .map(output -> text(output.getAsJsonObject("data").get(mime)))
          .collect(Collectors.joining("\n"));
    }

    /** Names and messages of the errors among the cell's outputs. */
    List<String> errors() {
      return outputs.stream()
          .filter(output -> output.get("output_type").getAsString().equals("error"))
          .map(output -> output.get("ename") + ": " + output.get("evalue"))
          .toList();
    }
  }

  static Notebook read(Path file) throws IOException {
    var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    var cells = new ArrayList<Cell>();
    for (JsonElement element : json.getAsJsonArray("cells")) {
      var cell = element.getAsJsonObject();
      if (cell.get("cell_type").getAsString().equals("code")) {
        var outputs = new ArrayList<JsonObject>();
        cell.getAsJsonArray("outputs").forEach(output -> outputs.add(output.getAsJsonObject()));
        cells.add(new Cell(cell.get("id").getAsString(), text(cell.get("source")), outputs));
      }
    }
    return new Notebook(cells);
  }

  Cell cell(String id) {
    return cells.stream().filter(cell -> cell.id.equals(id)).findFirst().orElseThrow();
  }

  /** Multi-line text is stored as a string or as a list of lines. */
  private static String text(JsonElement json) {
    if (!json.isJsonArray()) {
      return json.getAsString();
    }
    var text = new StringBuilder();
    json.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }
}
