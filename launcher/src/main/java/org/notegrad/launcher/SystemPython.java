package org.notegrad.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python of the machine, from which the clone's own environment is made.
 *
 * @param executable as it is started
 * @param version such as {@code 3.12.4}
 */
record SystemPython(String executable, String version) {

  /** NOTEGRAD_PYTHON if it is set, else the first usable one of the PATH. */
  static SystemPython find() {
    var wanted = System.getenv("NOTEGRAD_PYTHON");
    var names = wanted != null ? List.of(wanted) : List.of("python3", "python");
    var found = names.stream().flatMap(SystemPython::candidates).toList();
    return found.stream()
        .filter(SystemPython::isNewEnough)
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                "Executing notebooks needs Python 3.%d or later; found %s.%n"
                    + "Install it (apt install python3 python3-venv, brew install python), or"
                    + " set NOTEGRAD_PYTHON to one that you have.",
                PythonEnvironment.OLDEST_MINOR,
                found.isEmpty() ? "no " + String.join(" or ", names) : found));
  }

  /** The version that an interpreter reports; empty if it does not start. */
  static Optional<String> version(String executable) {
    var output =
        output(executable, "-c", "import sys; print('.'.join(map(str, sys.version_info[:3])))");
    return output.map(String::strip).filter(text -> text.matches("\\d+\\.\\d+\\.\\d+"));
  }

  /** Whether a statement runs without an error, such as an import. */
  boolean can(String statement) {
    return output(executable, "-c", statement).isPresent();
  }

  /** Runs it with arguments, its output going to a log, and fails with the log's end. */
  void require(Path log, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(executable);
    command.addAll(List.of(arguments));
    int status = new LoudProcess(command, Map.of(), log, line -> Optional.empty()).run();
    if (status != 0) {
      throw new CommandFailure(
          "%s failed:%n%s", String.join(" ", command), LoudProcess.tail(log, 15));
    }
  }

  @Override
  public String toString() {
    return "Python " + version + ", " + executable;
  }

  private boolean isNewEnough() {
    var parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    return parts[0] == 3 && parts[1] >= PythonEnvironment.OLDEST_MINOR;
  }

  private static Stream<SystemPython> candidates(String name) {
    var places =
        name.contains("/")
            ? Stream.of(name)
            : Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(java.nio.file.Files::isExecutable)
                .map(Path::toString);
    return places.flatMap(
        place -> version(place).map(version -> new SystemPython(place, version)).stream());
  }

  /** Standard output of a command that ended well; empty if it failed or does not start. */
  static Optional<String> output(String... command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while running " + command[0], e));
    }
  }
}
