package org.notegrad.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The clone's Python environment with PyTorch: {@code .notegrad/torch}, made on first use. */
final class TorchEnvironment {
  private static final String TORCH = "torch==2.15.0";
  private static final String NUMPY = "numpy==2.4.6";

  private TorchEnvironment() {}

  /** Its interpreter. */
  static Path python(Path root) throws IOException, InterruptedException {
    Path folder = root.resolve(".notegrad").resolve("torch");
    Path python = folder.resolve("bin").resolve("python");
    Path done = folder.resolve("installed");
    if (!Files.exists(done)) {
      Files.createDirectories(folder.getParent());
      System.err.printf(
          "Making a Python environment with %s in %s (once; several GB, some minutes)%n",
          TORCH, root.relativize(folder));
      run(List.of("python3", "-m", "venv", "--clear", folder.toString()));
      run(
          List.of(
              python.toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              TORCH,
              NUMPY));
      Files.createFile(done);
    }
    return python;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
  }
}
