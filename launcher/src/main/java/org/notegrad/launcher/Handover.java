package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of sh in which the launcher leaves the command that {@code ./notegrad} becomes when the
 * launcher has ended: so a long-running program owns the terminal, and no JVM waits beside it.
 *
 * @param file where the command is written; it deletes itself when it is read
 */
record Handover(Path file) {

  /** The file that {@code ./notegrad} reads. */
  static Handover toScript() {
    var file = System.getProperty("notegrad.handover", "");
    if (file.isEmpty()) {
      throw new CommandFailure(
          "This command is started by ./notegrad, which sets notegrad.handover.");
    }
    return new Handover(Path.of(file));
  }

  void write(Map<String, String> environment, List<String> command) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("rm -f " + quote(file.toString()));
    environment.forEach((name, value) -> lines.add("export " + name + "=" + quote(value)));
    lines.add("exec " + String.join(" ", command.stream().map(Handover::quote).toList()));
    Files.write(file, lines);
  }

  /** One word of sh, whatever is in it. */
  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
