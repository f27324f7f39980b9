package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.notegrad.Notegrad;
import org.notegrad.kernel.install.KernelSpecInstaller;
import picocli.CommandLine.Command;

/** Says what of this machine is used, and why the rest is not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Says which JDK, vector width, threads, CUDA, Python and Jupyter are used, and why.")
final class DoctorCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    var workspace = Workspace.current();
    line("Notegrad", workspace.root().toString());
    line("JDK", Runtime.version() + ", " + System.getProperty("java.home"));
    line(
        "machine",
        "%s %s, %d cores, heap up to %d MB"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20));
    line("backends", Notegrad.explain());
    line("threads", threads());
    line("CUDA", cuda());
    line("Python", python());
    line("Jupyter", jupyter(workspace));
    line("kernel", kernel());
    return 0;
  }

  private static String threads() {
    var set = System.getenv("NOTEGRAD_THREADS");
    return Notegrad.threads()
        + (set == null
            ? ", one a core; NOTEGRAD_THREADS sets another number"
            : ", by NOTEGRAD_THREADS=" + set);
  }

  private static String cuda() {
    var driver =
        Stream.of(
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib64",
                "/usr/lib/wsl/lib")
            .map(folder -> Path.of(folder, "libcuda.so.1"))
            .filter(Files::exists)
            .findFirst();
    return "not used: this version computes on the CPU only; "
        + driver.map(path -> "a driver is there, " + path).orElse("no driver was found either");
  }

  private static String python() {
    try {
      return SystemPython.find().toString();
    } catch (CommandFailure missing) {
      return missing.getMessage();
    }
  }

  private static String jupyter(Workspace workspace) throws IOException {
    var environment = new PythonEnvironment(workspace, EnvironmentRecipe.jupyter(workspace));
    return environment.isReady()
        ? "JupyterLab " + environment.versionOf("jupyterlab") + ", " + environment.python()
        : "not prepared yet: ./notegrad run and ./notegrad lab make .notegrad/venv on first use";
  }

  private static String kernel() {
    var home = KernelSpecs.kernelsDir(Optional.empty()).resolve(KernelSpecInstaller.KERNEL_NAME);
    return Files.exists(home)
        ? "installed for you, " + home
        : "not installed for you (./notegrad install does); run and lab use this clone's own";
  }

  private static void line(String name, String text) {
    System.out.printf("%-10s %s%n", name, text.replace("\n", "\n" + " ".repeat(11)));
  }
}
