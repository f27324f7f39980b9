package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./notegrad}, in a clone whose Maven and Java are stand-ins that tell of calls.
 */
class ScriptTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final String FIND_JDK =
      "kernel/src/main/resources/org/notegrad/kernel/install/find-jdk.sh";

  @TempDir Path clone;

  @BeforeEach
  void makeClone() throws IOException {
    for (var file : new String[] {"notegrad", FIND_JDK}) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.copy(REPOSITORY.resolve(file), clone.resolve(file));
    }
    Sh.fakeJdk(clone.resolve("jdk"), "25.0.3");
    Sh.writeScript(
        clone.resolve("mvnw"),
        "echo \"$@\" >>" + clone.resolve("maven-calls"),
        "echo '[INFO] Building Notegrad: core 0.1 [1/2]'",
        "cd "
            + clone
            + " && mkdir -p launcher/target benchmarks/target benchmarks/libtorch/target");
    for (var file :
        new String[] {
          "pom.xml",
          "buildtools/pom.xml",
          "buildtools/src/main/java/Twins.java",
          "benchmarks/pom.xml",
          "launcher/src/main/java/Main.java",
          "library/core/src/main/java/Tensor.java",
          "library/core/src/test/java/TensorTest.java"
        }) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.writeString(clone.resolve(file), "");
    }
    dateSources(Instant.now().minusSeconds(60));
  }

  @Test
  void theFirstCommandBuildsAndTheNextDoesNot() throws Exception {
    var first = notegrad("doctor");
    assertEquals(0, first.status(), first.err());
    assertTrue(first.err().contains("Building Notegrad: core"), first.err());
    assertTrue(first.out().endsWith("org.notegrad.launcher.Main\ndoctor\n"), first.out());

    var second = notegrad("run", "a notebook.ipynb", "--in-place");
    assertEquals("", second.err());
    assertTrue(second.out().endsWith("run\na notebook.ipynb\n--in-place\n"), second.out());
    assertEquals(1, mavenCalls());
  }

  @Test
  void aChangedSourceIsBuiltAgain() throws Exception {
    notegrad("doctor");
    touch("library/core/src/main/java/Tensor.java");
    notegrad("doctor");
    assertEquals(2, mavenCalls());
  }

  @Test
  void aChangedGeneratorOfSourcesIsBuiltAgain() throws Exception {
    notegrad("doctor");
    touch("buildtools/src/main/java/Twins.java");
    notegrad("doctor");
    assertEquals(2, mavenCalls());
  }

  @Test
  void aDeletedSourceIsBuiltAgain() throws Exception {
    notegrad("doctor");
    Files.delete(clone.resolve("library/core/src/main/java/Tensor.java"));
    touch("library/core/src/main/java");
    notegrad("doctor");
    assertEquals(2, mavenCalls());
  }

  @Test
  void aChangedTestIsNotBuiltAgain() throws Exception {
    notegrad("doctor");
    touch("library/core/src/test/java/TensorTest.java");
    notegrad("doctor");
    assertEquals(1, mavenCalls());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    Sh.writeScript(
        clone.resolve("mvnw"),
        "echo >>" + clone.resolve("maven-calls"),
        "echo '[INFO] Scanning'",
        "echo '[ERROR] Tensor.java:3: something is wrong'",
        "exit 1");
    for (int tries = 1; tries <= 2; tries++) {
      var result = notegrad("doctor");
      assertEquals(1, result.status());
      assertTrue(result.err().contains("Tensor.java:3: something is wrong"), result.err());
      assertFalse(result.err().contains("Scanning"), result.err());
      assertEquals("", result.out());
      assertEquals(tries, mavenCalls());
    }
  }

  @Test
  void aTestRunWithArgumentsHandsThemToMavenAndCountsAsNoBuild() throws Exception {
    var result = notegrad("test", "-pl", "library/core");
    assertEquals(0, result.status(), result.err());
    assertTrue(Files.readString(clone.resolve("maven-calls")).contains("verify -pl library/core"));
    notegrad("doctor");
    assertEquals(2, mavenCalls());
  }

  @Test
  void aWholeTestRunCountsAsABuild() throws Exception {
    notegrad("test");
    notegrad("doctor");
    assertEquals(1, mavenCalls());
  }

  @Test
  void onlyTheComparisonWithLibtorchHasItOnItsPath() throws Exception {
    var alone = notegrad("bench", "--peer", "torch");
    assertTrue(alone.out().contains("/benchmarks/target/lib/*"), alone.out());
    for (var peer : new String[][] {{"--peer", "libtorch"}, {"--peer=libtorch", "--quick"}}) {
      var beside = notegrad("bench", peer[0], peer[1]);
      assertTrue(beside.out().contains("/benchmarks/libtorch/target/lib/*"), beside.out());
    }
    var calls = Files.readAllLines(clone.resolve("maven-calls"));
    assertEquals(2, calls.size());
    assertFalse(calls.getFirst().contains("libtorch"), calls.getFirst());
    assertTrue(calls.getLast().contains("-pl benchmarks/libtorch -am -Ppeer-libtorch"));
  }

  @Test
  void itWorksThroughALinkAndFromAnotherFolder() throws Exception {
    var elsewhere = Files.createDirectory(clone.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("ng"), Path.of("../notegrad"));
    var result = Sh.run(elsewhere, environment(), "./ng", "doctor");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().contains("-Dnotegrad.root=" + clone.toRealPath()), result.out());
  }

  @Test
  void whatTheLauncherHandsOverIsRunInItsPlace() throws Exception {
    Sh.writeScript(
        clone.resolve("jdk/bin/java"),
        "for argument; do case $argument in",
        "  -Dnotegrad.handover=?*) echo 'echo prepared; exit 5' >\"${argument#*=}\" ;;",
        "esac; done");
    var result = notegrad("run", "lesson.ipynb");
    assertEquals("prepared\n", result.out(), result.err());
    assertEquals(5, result.status());
  }

  @Test
  void aFailedLauncherEndsWithItsStatus() throws Exception {
    Sh.writeScript(clone.resolve("jdk/bin/java"), "exit 4");
    assertEquals(4, notegrad("run", "lesson.ipynb").status());
    assertEquals(4, notegrad("shell").status());
  }

  @Test
  void anUnknownCommandIsNamedAndNothingIsBuilt() throws Exception {
    var result = notegrad("tset");
    assertEquals(2, result.status());
    assertTrue(result.err().contains("'tset'"), result.err());
    assertFalse(Files.exists(clone.resolve("maven-calls")));
  }

  private Sh.Result notegrad(String... arguments) throws Exception {
    var command = new String[arguments.length + 1];
    command[0] = clone.resolve("notegrad").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Sh.run(clone, environment(), command);
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("NOTEGRAD_JDK", clone.resolve("jdk").toString());
    environment.put("NOTEGRAD_BUILT", "");
    environment.put("NOTEGRAD_JVM_OPTS", "");
    return environment;
  }

  private int mavenCalls() throws IOException {
    return Files.readAllLines(clone.resolve("maven-calls")).size();
  }

  /** Dates a file after the build, however fast the test is. */
  private void touch(String file) throws IOException {
    Files.setLastModifiedTime(clone.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
  }

  private void dateSources(Instant time) throws IOException {
    try (var files = Files.walk(clone)) {
      for (var file : files.toList()) Files.setLastModifiedTime(file, FileTime.from(time));
    }
  }
}
