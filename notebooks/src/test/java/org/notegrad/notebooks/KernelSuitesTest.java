package org.notegrad.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed kernel, seen by jupyter_client: the standard tests of kernels, and our own. */
@Tag("slow")
class KernelSuitesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path SUITES = ROOT.resolve("kernel/src/test/python");
  private static final Path ENVIRONMENT = ROOT.resolve(".notegrad/kernel-tests");
  private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");
  private static final List<String> PACKAGES =
      List.of("jupyter_kernel_test==0.7.0", "jupyter_client==8.10.0", "psutil==7.2.2");

  @TempDir Path folder;

  @BeforeAll
  static void install(@TempDir Path folder) throws Exception {
    if (!Files.exists(PYTHON)) {
      run(folder, List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
    }
    var pip = new ArrayList<>(List.of(PYTHON.toString(), "-m", "pip", "install", "-q"));
    pip.addAll(PACKAGES);
    run(folder, pip);
    var notegrad = ROOT.resolve("notegrad").toString();
    run(folder, List.of(notegrad, "install", "--prefix", ENVIRONMENT.toString()));
  }

  @Test
  void theKernelPassesTheStandardTestsWithoutASkip() throws Exception {
    var said = run(folder, List.of(PYTHON.toString(), "-m", "unittest", "test_kernel_conformance"));
    assertFalse(said.contains("skipped"), said);
  }

  @Tag("torture")
  @Test
  void everyTortureCaseEndsAsItShould() throws Exception {
    run(folder, List.of(PYTHON.toString(), "-m", "unittest", "test_kernel_torture"));
  }

  /** Runs a command that must succeed; returns what it said. */
  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("said");
    var builder = new ProcessBuilder(command).directory(SUITES.toFile());
    builder.environment().putAll(Map.of("NOTEGRAD_HISTORY", folder.resolve("h.jsonl").toString()));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = builder.start().waitFor();
    String said = Files.readString(log);
    assertEquals(0, status, said);
    return said;
  }
}
