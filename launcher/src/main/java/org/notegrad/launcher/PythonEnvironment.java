package org.notegrad.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clone's own Python environment, {@code .notegrad/venv}: made on first use, and again when
 * {@code requirements.txt} or {@code constraints.txt} changes.
 */
final class PythonEnvironment {
  static final int OLDEST_MINOR = 10;

  private final Workspace workspace;
  private final Path folder;

  PythonEnvironment(Workspace workspace) {
    this.workspace = workspace;
    this.folder = workspace.state().resolve("venv");
  }

  /** The environment's interpreter. */
  Path python() {
    return folder.resolve("bin/python");
  }

  /** Whether it holds what is required now, and its interpreter still starts. */
  boolean isReady() {
    try {
      return Files.exists(installed())
          && Files.readString(installed()).equals(required())
          && SystemPython.version(python().toString()).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + installed(), e);
    }
  }

  /** The version of a package that is installed in it. */
  String versionOf(String distribution) {
    var statement = "import importlib.metadata as m; print(m.version('%s'))";
    return SystemPython.output(python().toString(), "-c", statement.formatted(distribution))
        .map(String::strip)
        .orElse("missing");
  }

  /** Makes it unless it is ready, telling what happens on standard error. */
  PythonEnvironment prepare() {
    if (isReady()) return this;
    var lock = workspace.state().resolve("venv.lock");
    try {
      Files.createDirectories(workspace.state());
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !isReady()) make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + folder, e);
    }
    return this;
  }

  /**
   * Lets {@code ./notegrad} run the environment's Python with arguments, when this JVM has ended,
   * with this clone's kernel known to Jupyter.
   */
  void handOver(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(python().toString());
    command.addAll(arguments);
    var before = System.getenv("JUPYTER_PATH");
    var kernels = KernelSpecs.installForClone(workspace).toString();
    var environment = new TreeMap<String, String>();
    environment.put("JUPYTER_PATH", before == null ? kernels : kernels + ":" + before);
    environment.put("PYTHONUTF8", "1");
    Handover.toScript().write(environment, command);
  }

  private void make() throws IOException {
    var python = SystemPython.find();
    System.err.printf(
        "Preparing a Python environment with JupyterLab in %s (once, about half a minute; %s)%n",
        workspace.root().relativize(folder), python);
    var pip = createWithPip(python);
    var install = new ArrayList<>(pip);
    var sources = workspace.pythonSources();
    install.addAll(List.of("install", "--progress-bar", "off", "--disable-pip-version-check"));
    install.addAll(List.of("-r", sources.resolve("requirements.txt").toString()));
    install.addAll(List.of("-c", sources.resolve("constraints.txt").toString()));
    var log = workspace.state().resolve("pip.log");
    int status = new LoudProcess(install, log, PythonEnvironment::pipProgress).run();
    if (status != 0) {
      throw new CommandFailure(
          "pip could not install JupyterLab and nbconvert. Its end:%n%n%s%n%nIts whole log is %s."
              + " Behind a proxy, set HTTPS_PROXY, or PIP_INDEX_URL for a mirror.",
          LoudProcess.tail(log, 15), log);
    }
    Files.writeString(installed(), required());
  }

  /** Makes the bare environment and returns the command that runs pip for it. */
  private List<String> createWithPip(SystemPython python) throws IOException {
    var log = workspace.state().resolve("venv.log");
    var target = folder.toString();
    if (python.can("import venv, ensurepip")) {
      python.require(log, "-m", "venv", "--clear", target);
      return List.of(python().toString(), "-m", "pip");
    }
    // Debian and Ubuntu split ensurepip off into python3-venv; a pip or virtualenv beside does too.
    if (python.can("import venv, pip")) {
      python.require(log, "-m", "venv", "--clear", "--without-pip", target);
      return List.of(python.executable(), "-m", "pip", "--python", python().toString());
    }
    if (python.can("import virtualenv")) {
      python.require(log, "-m", "virtualenv", "--clear", target);
      return List.of(python().toString(), "-m", "pip");
    }
    throw new CommandFailure(
        "%s has neither venv with pip nor virtualenv, one of which makes the Python environment"
            + " that notebooks are executed in.%nOn Debian and Ubuntu: apt install python3-venv",
        python);
  }

  private static Optional<String> pipProgress(String line) {
    if (line.startsWith("Collecting ")) {
      return Optional.of("  found " + line.split("[ =<>!~;\\[(]", 3)[1]);
    }
    return line.startsWith("Installing collected packages")
        ? Optional.of("  installing " + line.split(",").length + " packages")
        : Optional.empty();
  }

  private Path installed() {
    return folder.resolve("notegrad-requirements.txt");
  }

  private String required() throws IOException {
    var sources = workspace.pythonSources();
    return Files.readString(sources.resolve("requirements.txt"))
        + Files.readString(sources.resolve("constraints.txt"));
  }
}
