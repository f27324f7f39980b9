package org.notegrad.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.notegrad.kernel.install.KernelSpecInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the kernel known to Jupyter. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description =
        "Makes the kernel known to Jupyter, for the current user or under a prefix. The clone may"
            + " be deleted afterwards.")
final class InstallCommand implements Callable<Integer> {
  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "Installs into DIR/share/jupyter/kernels, such as a virtual environment's DIR.")
  private Optional<Path> prefix;

  @Option(
      names = "--jvm-options",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description =
          "Options for the kernel's JVM, such as \"-Xmx4g\". NOTEGRAD_JVM_OPTS adds more at its"
              + " start.")
  private String jvmOptions;

  @Override
  public Integer call() throws Exception {
    var kernels = KernelSpecs.kernelsDir(prefix);
    var options = KernelSpecs.options(Workspace.current(), jvmOptions);
    var home = KernelSpecInstaller.install(kernels, options);
    System.out.printf("Installed %s%n", home);
    System.out.println("Rehearsing its start, so that the next ones take half the time ...");
    KernelSpecInstaller.rehearse(home);
    System.out.println("Jupyter now offers \"Java (Notegrad)\" for new notebooks.");
    return 0;
  }
}
