package org.notegrad.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.notegrad.launcher.EnvironmentRecipe;
import org.notegrad.launcher.PythonEnvironment;
import org.notegrad.launcher.Workspace;

/** A Python program in a process beside this one, which answers line by line. */
public final class PythonPeer implements AutoCloseable {
  private static final EnvironmentRecipe TORCH =
      EnvironmentRecipe.ofPackages(
          "torch",
          "PyTorch",
          "5.3 GB, some minutes",
          9_000,
          List.of("--no-cache-dir", "torch==2.15.0", "numpy==2.4.6"));

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final String version;

  private PythonPeer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.version = answer();
  }

  /** The interpreter of the clone's own environment with PyTorch, which is made if need be. */
  public static Path torch() {
    return new PythonEnvironment(Workspace.current(), TORCH).prepare().python();
  }

  /**
   * Starts it.
   *
   * @param python an interpreter that has what the script imports
   * @param owner the class beside which the script lies
   */
  public static PythonPeer start(Path python, Class<?> owner, String script) throws IOException {
    Path file = Files.createTempFile(script.replace(".py", ""), ".py");
    try (var source = owner.getResourceAsStream(script)) {
      Files.write(file, source.readAllBytes());
    }
    file.toFile().deleteOnExit();
    return new PythonPeer(
        new ProcessBuilder(python.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The line with which it introduced itself. */
  public String version() {
    return version;
  }

  public void send(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
  }

  public String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the Python process ended; what it said is above");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
