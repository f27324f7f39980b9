package org.notegrad.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Python's PyTorch, in a process beside this one that answers line by line. */
final class TorchPeer implements Side {
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final String version;

  private TorchPeer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.version = answer();
  }

  /**
   * Starts it.
   *
   * @param python an interpreter that has torch
   */
  static TorchPeer start(Path python) throws IOException {
    Path script = Files.createTempFile("torch_peer", ".py");
    try (var source = TorchPeer.class.getResourceAsStream("torch_peer.py")) {
      Files.write(script, source.readAllBytes());
    }
    script.toFile().deleteOnExit();
    return new TorchPeer(
        new ProcessBuilder(python.toString(), script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Override
  public String describe() {
    return version;
  }

  @Override
  public double seconds(Work work, int threads, int repeats) {
    try {
      questions.write(work.name() + " " + threads + " " + repeats + "\n");
      questions.flush();
      return Double.parseDouble(answer());
    } catch (IOException e) {
      throw new UncheckedIOException("asking PyTorch", e);
    }
  }

  private String answer() throws IOException {
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
