package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.notegrad.kernel.install.InstallOptions;
import org.notegrad.kernel.install.KernelSpecInstaller;

/** Where the kernel is made known to Jupyter. */
final class KernelSpecs {
  private KernelSpecs() {}

  /**
   * Makes this clone's kernel known in the clone's own folder, unless it is as built already.
   *
   * @return the folder that JUPYTER_PATH needs
   */
  static Path installForClone(Workspace workspace) throws IOException {
    var kernels = workspace.jupyterPath().resolve("kernels");
    var spec = kernels.resolve(KernelSpecInstaller.KERNEL_NAME).resolve("kernel.json");
    // Every build fills the folder of jars anew, which dates it.
    if (!Files.exists(spec)
        || Files.getLastModifiedTime(spec).compareTo(Files.getLastModifiedTime(workspace.lib()))
            <= 0) {
      KernelSpecInstaller.install(kernels, options(workspace, ""));
    }
    return workspace.jupyterPath();
  }

  static InstallOptions options(Workspace workspace, String jvmOptions) {
    return new InstallOptions(
        workspace.jars(), Path.of(System.getProperty("java.home")), jvmOptions);
  }

  /** The folder of kernelspecs under a prefix, or the current user's. */
  static Path kernelsDir(Optional<Path> prefix) {
    return prefix
        .map(dir -> dir.toAbsolutePath().resolve("share/jupyter"))
        .orElseGet(KernelSpecs::userData)
        .resolve("kernels");
  }

  /** The current user's Jupyter data folder, as jupyter_core finds it. */
  private static Path userData() {
    var jupyterData = System.getenv("JUPYTER_DATA_DIR");
    if (jupyterData != null) return Path.of(jupyterData);
    // Jupyter goes by HOME, which Java's user.home does not.
    var home = Path.of(Objects.requireNonNullElse(System.getenv("HOME"), "/"));
    if (System.getProperty("os.name").startsWith("Mac")) return home.resolve("Library/Jupyter");
    var xdg = System.getenv("XDG_DATA_HOME");
    return (xdg == null ? home.resolve(".local/share") : Path.of(xdg)).resolve("jupyter");
  }
}
