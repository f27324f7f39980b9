package org.notegrad.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.notegrad.kernel.install.InstallOptions;
import org.notegrad.kernel.install.KernelWheel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the wheel that installs the kernel with pip. */
@Command(
    name = "wheel",
    mixinStandardHelpOptions = true,
    description = "Makes a Python wheel of the kernel: pip install dist/*.whl.")
final class WheelCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder that it is put in; dist in the clone by default.")
  private Optional<Path> folder;

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.current();
    var version = KernelWheel.class.getPackage().getImplementationVersion();
    var options = new InstallOptions(workspace.jars(), Path.of(""), "");
    var wheel =
        KernelWheel.build(
            folder.orElse(workspace.root().resolve("dist")), version, workspace.root(), options);
    System.out.printf("Made %s%n", wheel);
    return 0;
  }
}
