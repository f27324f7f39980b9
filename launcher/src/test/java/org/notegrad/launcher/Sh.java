package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs for tests, and makes homes of JDKs that only look like ones. */
final class Sh {
  private Sh() {}

  /** What a program left behind. */
  record Result(int status, String out, String err) {}

  static Result run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("out", ".txt");
    var err = Files.createTempFile("err", ".txt");
    try {
      var builder =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      int status = builder.start().waitFor();
      return new Result(status, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  static void writeScript(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) throw new IOException("chmod +x " + file);
  }

  /** A folder that looks like a JDK; its java prints its arguments, one a line. */
  static Path fakeJdk(Path home, String version) throws IOException {
    fakeJre(home, version);
    writeScript(home.resolve("bin/javac"));
    return home;
  }

  static Path fakeJre(Path home, String version) throws IOException {
    writeScript(home.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Tests\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return home;
  }
}
