package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindJdkTest {
  private static final Map<String, String> BARE =
      Map.of("JAVA_HOME", "", "NOTEGRAD_JDK", "", "HOME", "/nonexistent");

  @TempDir Path folder;

  @BeforeEach
  void unpackScript() throws IOException {
    try (var script =
        FindJdkTest.class.getResourceAsStream("/org/notegrad/kernel/install/find-jdk.sh")) {
      Files.copy(script, folder.resolve("find-jdk.sh"));
    }
  }

  @Test
  void theHomeGivenFirstWins() throws Exception {
    var first = Sh.fakeJdk(folder.resolve("first"), "25.0.3");
    Sh.fakeJdk(folder.resolve("second"), "25.0.1");
    assertEquals(first.toString(), find("find_jdk first second", BARE));
  }

  @Test
  void aJdk25WinsOverALaterOneInFrontOfIt() throws Exception {
    Sh.fakeJdk(folder.resolve("later"), "26-ea");
    var exact = Sh.fakeJdk(folder.resolve("exact"), "25");
    assertEquals(exact.toString(), find("find_jdk later exact", BARE));
  }

  @Test
  void aLaterJdkIsTakenWhereThereIsNoOther() throws Exception {
    var later = Sh.fakeJdk(folder.resolve("later"), "31.0.2");
    assertEquals(later.toString(), find("NOTEGRAD_JAVA=30; find_jdk later", BARE));
  }

  @Test
  void olderJdksAndRuntimesWithoutACompilerAreNoJdk() throws Exception {
    Sh.fakeJdk(folder.resolve("older"), "17.0.12");
    Sh.fakeJdk(folder.resolve("ancient"), "1.8.0_402");
    Sh.fakeJre(folder.resolve("runtime"), "25.0.3");
    Files.createDirectory(folder.resolve("empty"));
    for (var home : new String[] {"older", "ancient", "runtime", "empty", "missing"}) {
      assertEquals("no", find("is_jdk " + home + " && JDK=yes || JDK=no", BARE), home);
    }
  }

  @Test
  void anOldJavaOnThePathIsPassedOver() throws Exception {
    var old = Sh.fakeJdk(folder.resolve("old"), "17.0.12");
    var wanted = Sh.fakeJdk(folder.resolve("home/.jdks/temurin-31"), "31.0.1");
    var environment =
        Map.of(
            "PATH", old.resolve("bin") + ":" + System.getenv("PATH"),
            "HOME", folder.resolve("home").toString(),
            "JAVA_HOME", old.toString());
    assertEquals(wanted.toString(), find("NOTEGRAD_JAVA=31; find_jdk", environment));
  }

  @Test
  void aLinkedJavaOnThePathLeadsToItsHome() throws Exception {
    var home = Sh.fakeJdk(folder.resolve("jdk with a space"), "31");
    Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/java"), Path.of("../alternative"));
    Files.createSymbolicLink(folder.resolve("alternative"), home.resolve("bin/java"));
    var environment =
        Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "JAVA_HOME", "");
    assertEquals(home.toString(), find("NOTEGRAD_JAVA=31; find_jdk", environment));
  }

  @Test
  void noJdkIsAFailureWithAWayOut() throws Exception {
    var found = sh("NOTEGRAD_JAVA=99; find_jdk || { explain_no_jdk; exit 7; }", BARE);
    assertEquals(7, found.status());
    assertTrue(found.out().contains("Install one"), found.out());
  }

  private String find(String commands, Map<String, String> environment) throws Exception {
    var result = sh(commands + "; printf '%s' \"$JDK\"", environment);
    assertEquals("", result.err());
    var found = result.out();
    return found.contains("/") && !found.startsWith("/") ? found : resolve(found);
  }

  private String resolve(String found) {
    return Files.isDirectory(folder.resolve(found)) ? folder.resolve(found).toString() : found;
  }

  private Sh.Result sh(String commands, Map<String, String> environment) throws Exception {
    return Sh.run(folder, environment, "sh", "-euc", ". ./find-jdk.sh; " + commands);
  }
}
