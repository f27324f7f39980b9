package org.notegrad.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of a clone that commands read and write.
 *
 * @param root the repository's root
 */
public record Workspace(Path root) {

  /** The clone whose {@code ./notegrad} started this JVM. */
  public static Workspace current() {
    var root = System.getProperty("notegrad.root");
    if (root == null) {
      throw new CommandFailure("The launcher is started by ./notegrad, which sets notegrad.root.");
    }
    return new Workspace(Path.of(root));
  }

  Path notebooks() {
    return root.resolve("notebooks");
  }

  /** Where executed notebooks go. */
  Path out() {
    return root.resolve("out");
  }

  /** What commands keep between runs: the Python environment, and Jupyter's view of the kernel. */
  Path state() {
    return root.resolve(".notegrad");
  }

  /**
   * A folder for JUPYTER_PATH that holds this clone's kernel, whatever the person has installed.
   */
  Path jupyterPath() {
    return state().resolve("jupyter");
  }

  /** The launcher's Python scripts and requirements. */
  Path pythonSources() {
    return root.resolve("launcher/src/main/python");
  }

  /** The folder of {@link #jars}. */
  Path lib() {
    return root.resolve("launcher/target/lib");
  }

  /** Every jar that the shell and the kernel run with. */
  List<Path> jars() {
    try (var jars = Files.newDirectoryStream(lib(), "*.jar")) {
      return java.util.stream.StreamSupport.stream(jars.spliterator(), false).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing the built jars", e);
    }
  }

  String classPath() {
    return String.join(File.pathSeparator, jars().stream().map(Path::toString).toList());
  }
}
