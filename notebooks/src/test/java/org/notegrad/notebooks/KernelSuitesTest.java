package org.notegrad.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
      List.of(
          "jupyter_kernel_test==0.7.0", "jupyter_client==8.10.0", "psutil==7.2.2", "jjava==1.0a8");
  private static final int OLDEST_JAVA = 25;

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

  @Test
  void theKernelUsesAllOfItsCache() throws Exception {
    run(folder, List.of(PYTHON.toString(), "-m", "unittest", "test_kernel_start"));
  }

  @Test
  void jjavaShowsNotegradsDisplays() throws Exception {
    var said = run(folder, List.of(PYTHON.toString(), "-m", "unittest", "-v", "test_jjava"));
    assertEquals(olderJdk().isEmpty(), said.contains("skipped"), said);
  }

  /** The PATH's own java, if it is one that Notegrad does not run on. */
  private static Optional<String> olderJdk() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(bin -> Path.of(bin, "java"))
        .filter(Files::isExecutable)
        .map(KernelSuitesTest::home)
        .findFirst()
        .filter(KernelSuitesTest::isOlder);
  }

  private static String home(Path java) {
    try {
      return java.toRealPath().getParent().getParent().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + java, e);
    }
  }

  private static boolean isOlder(String home) {
    try (var lines = Files.lines(Path.of(home, "release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Runtime.Version.parse(line.split("\"")[1]))
          .anyMatch(version -> version.feature() < OLDEST_JAVA);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the version of " + home, e);
    }
  }

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
    builder.environment().put("NOTEGRAD_JDK", System.getProperty("java.home"));
    olderJdk().ifPresent(home -> builder.environment().put("NOTEGRAD_OLD_JDK", home));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = builder.start().waitFor();
    String said = Files.readString(log);
    assertEquals(0, status, said);
    return said;
  }
}
