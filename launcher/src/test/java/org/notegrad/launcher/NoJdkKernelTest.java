package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.install.InstallOptions;
import org.notegrad.kernel.install.KernelSpecInstaller;

/** An installed kernel on a machine without a JDK; Python is a stand-in that tells of its call. */
class NoJdkKernelTest {
  private static final String[] PYTHON = {"[ \"$1\" = -c ] || echo \"$0 ${1##*/} $2: $3\""};

  @TempDir Path folder;
  private Path environment;
  private Path kernel;

  @BeforeEach
  void install() throws IOException {
    environment = folder.resolve("an environment");
    var options = new InstallOptions(List.of(), Path.of(""), "");
    kernel = KernelSpecInstaller.install(environment.resolve("share/jupyter/kernels"), options);
    Files.writeString(
        kernel.resolve("find-jdk.sh"),
        "find_jdk() { return 1; }\nexplain_no_jdk() { echo 'No JDK.'; }\n");
    Sh.writeScript(folder.resolve("path/python3"), "exit 1"); // has no pyzmq
    Sh.writeScript(folder.resolve("path/python"), "exit 1");
  }

  @Test
  void thePythonOfTheEnvironmentExplainsThoughItIsNotOnThePath() throws Exception {
    var python = environment.resolve("bin/python3");
    Sh.writeScript(python, PYTHON);
    var answer = start();
    assertEquals(0, answer.status(), answer.err());
    assertEquals("no_jdk_kernel.py connection.json: No JDK.", withoutItsPath(answer.out()));
  }

  @Test
  void onePythonOfThePathWillDo() throws Exception {
    Sh.writeScript(folder.resolve("path/python"), PYTHON);
    assertEquals("no_jdk_kernel.py connection.json: No JDK.", withoutItsPath(start().out()));
  }

  @Test
  void withoutAPythonTheExplanationGoesToTheLog() throws Exception {
    var answer = start();
    assertEquals(1, answer.status());
    assertEquals("No JDK.\n", answer.err());
  }

  private Sh.Result start() throws Exception {
    var path = folder.resolve("path") + ":/usr/bin:/bin";
    var launcher = kernel.resolve("notegrad-kernel").toString();
    return Sh.run(folder, Map.of("PATH", path), "/bin/sh", launcher, "connection.json");
  }

  /** Without the path of the stand-in. */
  private static String withoutItsPath(String said) {
    return said.strip().replaceFirst(".*/bin/python3 |.*/path/python ", "");
  }
}
