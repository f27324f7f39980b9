package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /**
   * Lets {@code ./notegrad} run the Python that has JupyterLab with arguments, when this JVM has
   * ended, with this clone's kernel known to Jupyter.
   */
  static void toJupyter(Workspace workspace, List<String> arguments) throws IOException {
    var jupyter = new PythonEnvironment(workspace, EnvironmentRecipe.jupyter(workspace)).prepare();
    var command = new ArrayList<String>();
    command.add(jupyter.python().toString());
    command.addAll(arguments);
    var before = System.getenv("JUPYTER_PATH");
    var kernels = KernelSpecs.installForClone(workspace).toString();
    var environment = new TreeMap<String, String>();
    environment.put("JUPYTER_PATH", before == null ? kernels : kernels + ":" + before);
    environment.put("PYTHONUTF8", "1");
    toScript().write(environment, command);
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
