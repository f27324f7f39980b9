package org.notegrad.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.notegrad.kernel.install.KernelSpecInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes away what {@link InstallCommand} made. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    description = "Takes the kernel away from Jupyter again.")
final class UninstallCommand implements Callable<Integer> {
  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "The prefix that it was installed under.")
  private Optional<Path> prefix;

  @Override
  public Integer call() throws Exception {
    var kernels = KernelSpecs.kernelsDir(prefix);
    var found = KernelSpecInstaller.uninstall(kernels);
    System.out.printf(
        "%s %s%n",
        found ? "Removed" : "There is no", kernels.resolve(KernelSpecInstaller.KERNEL_NAME));
    return 0;
  }
}
