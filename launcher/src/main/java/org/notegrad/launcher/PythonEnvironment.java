package org.notegrad.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Python environment of the clone, in {@code .notegrad}: made on first use, and again when its
 * recipe changes. It counts as made when its last file is written; one that fails or is interrupted
 * is deleted. (Made beside and renamed it could not be, since its programs name their own place.)
 */
public final class PythonEnvironment {
  static final int OLDEST_MINOR = 10;

  private final Workspace workspace;
  private final EnvironmentRecipe recipe;
  private final Path folder;

  public PythonEnvironment(Workspace workspace, EnvironmentRecipe recipe) {
    this.workspace = workspace;
    this.recipe = recipe;
    this.folder = workspace.state().resolve(recipe.name());
  }

  public Path folder() {
    return folder;
  }

  /** The environment's interpreter. */
  public Path python() {
    return folder.resolve("bin/python");
  }

  /** Whether it holds what is required now, and its interpreter still starts. */
  boolean isReady() {
    try {
      return Files.exists(installed())
          && Files.readString(installed()).equals(recipe.identity())
          && SystemPython.version(python().toString()).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + installed(), e);
    }
  }

  /** The version of a package that is installed in it. */
  public String versionOf(String distribution) {
    var statement = "import importlib.metadata as m; print(m.version('%s'))";
    return SystemPython.output(python().toString(), "-c", statement.formatted(distribution))
        .map(String::strip)
        .orElse("missing");
  }

  /**
   * Makes it unless it is ready, telling what happens on standard error.
   *
   * @throws CommandFailure if the disk is short, or if Python or pip fails
   */
  public PythonEnvironment prepare() {
    if (isReady()) return this;
    var lock = workspace.state().resolve(recipe.name() + ".lock");
    try {
      Files.createDirectories(workspace.state());
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !isReady()) makeOrDelete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + folder, e);
    }
    return this;
  }

  private void makeOrDelete() throws IOException {
    delete(folder); // what an earlier one or a killed making has left
    checkDisk();
    var interrupted = new Thread(this::endAndDelete);
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean made = false;
    try {
      make();
      made = true;
    } finally {
      if (unhooked(interrupted) && !made) deleteOrTell();
    }
  }

  /** On the JVM's way down: what still writes into the folder ends first. */
  private void endAndDelete() {
    var writers = ProcessHandle.current().descendants().toList();
    writers.forEach(ProcessHandle::destroyForcibly);
    writers.forEach(writer -> writer.onExit().join());
    deleteOrTell();
  }

  /** Takes a hook away; false if it runs already. */
  private static boolean unhooked(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return false;
    }
  }

  private void checkDisk() throws IOException {
    long free = Files.getFileStore(workspace.state()).getUsableSpace() >> 20;
    if (free < recipe.megabytes()) {
      throw new CommandFailure(
          "A Python environment with %s needs %s on the disk of %s, which has %s left.",
          recipe.contents(), gigabytes(recipe.megabytes()), workspace.state(), gigabytes(free));
    }
  }

  private static String gigabytes(long megabytes) {
    return String.format(Locale.ROOT, "%.1f GB", megabytes / 1024.0);
  }

  private void make() throws IOException {
    var python = SystemPython.find();
    System.err.printf(
        "Preparing a Python environment with %s in %s (once, %s; %s)%n",
        recipe.contents(), workspace.root().relativize(folder), recipe.cost(), python);
    var pip = createWithPip(python);
    var install = new ArrayList<>(pip);
    install.addAll(List.of("install", "--progress-bar", "off", "--disable-pip-version-check"));
    install.addAll(recipe.pip());
    var log = workspace.state().resolve(recipe.name() + "-pip.log");
    // What pip unpacks on the way stays on this disk, too: the system's folder may be small.
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var process =
        new LoudProcess(
            install, Map.of("TMPDIR", temporary.toString()), log, PythonEnvironment::pipProgress);
    if (process.run() != 0) {
      throw new CommandFailure(
          "pip could not install %s. Its end:%n%n%s%n%nIts whole log is %s."
              + " Behind a proxy, set HTTPS_PROXY, or PIP_INDEX_URL for a mirror.",
          recipe.contents(), LoudProcess.tail(log, 15), log);
    }
    delete(temporary);
    Files.writeString(installed(), recipe.identity());
  }

  /** Makes the bare environment and returns the command that runs pip for it. */
  private List<String> createWithPip(SystemPython python) throws IOException {
    var log = workspace.state().resolve(recipe.name() + "-venv.log");
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
            + " with %s.%nOn Debian and Ubuntu: apt install python3-venv",
        python, recipe.contents());
  }

  private static Optional<String> pipProgress(String line) {
    if (line.startsWith("Collecting ")) {
      return Optional.of("  found " + line.split("[ =<>!~;\\[(]", 3)[1]);
    }
    if (line.strip().startsWith("Downloading ") && line.endsWith(" MB)")) {
      var words = line.strip().split("[ (]+");
      return Optional.of("  downloading %s, %s MB".formatted(words[1].split("-")[0], words[2]));
    }
    return line.startsWith("Installing collected packages")
        ? Optional.of("  installing " + line.split(",").length + " packages")
        : Optional.empty();
  }

  private Path installed() {
    return folder.resolve("notegrad-requirements.txt");
  }

  private void deleteOrTell() {
    try {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      System.err.printf("%s is of no use, and could not be deleted: %s%n", folder, e);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static synchronized void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
