package org.notegrad.bench.kernel;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.notegrad.bench.JsonFile;
import org.notegrad.bench.Report;
import org.notegrad.launcher.CommandFailure;
import org.notegrad.launcher.EnvironmentRecipe;
import org.notegrad.launcher.PythonEnvironment;
import org.notegrad.launcher.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./notegrad bench kernel}: our kernel beside JJava and ipykernel. */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    description = {
      "Times this clone's Jupyter kernel beside JJava and ipykernel (both from PyPI, into"
          + " .notegrad/kernels, on demand), then loops in its cells beside the same loops in"
          + " compiled classes.",
      "Medians, with quartiles in brackets. The kernels take turns; all run on the same JDK."
    })
public final class KernelBench implements Callable<Integer> {
  private static final EnvironmentRecipe PEERS =
      EnvironmentRecipe.ofPackages(
          "kernels",
          "JJava and ipykernel",
          "about half a minute",
          300,
          List.of("jupyter_client==8.10.0", "jjava==1.0a8", "ipykernel==7.4.0"));

  /** What timing.py is told of each kernel: its name to Jupyter, and the language of its cells. */
  private static final List<String> KERNELS =
      List.of("notegrad=java", "java=java", "python3=python");

  @Option(names = "--json", description = "also write the results to this file")
  private Path json;

  /** What {@code --json} holds; the quartiles are of milliseconds, of the hot loop nanoseconds. */
  record KernelReport(
      String machine,
      String jdk,
      Map<String, Map<String, Quartiles>> kernels,
      List<HotLoop.Cost> loops) {}

  @Override
  public Integer call() throws IOException, InterruptedException, ReflectiveOperationException {
    var workspace = Workspace.current();
    var environment = new PythonEnvironment(workspace, PEERS).prepare();
    install(workspace, environment);
    var kernels = timings(environment);
    printTimings(kernels);
    System.err.println("Timing loops in cells beside the same in classes ...");
    var loops = HotLoop.measure();
    printLoops(loops);
    if (json != null) {
      var jdk = "Java " + Runtime.version();
      JsonFile.write(json, new KernelReport(Report.thisMachine(), jdk, kernels, loops));
    }
    return 0;
  }

  /** Installs this clone's kernel as a person does, with the cache of its start. */
  private static void install(Workspace workspace, PythonEnvironment environment)
      throws IOException, InterruptedException {
    var command = List.of("./notegrad", "install", "--prefix", environment.folder().toString());
    int status =
        new ProcessBuilder(command)
            .directory(workspace.root().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (status != 0) {
      throw new CommandFailure("%s ended with status %d", String.join(" ", command), status);
    }
  }

  /** By kernel, by what was timed. */
  private static Map<String, Map<String, Quartiles>> timings(PythonEnvironment environment)
      throws IOException, InterruptedException {
    System.err.println("Timing kernels in turn (about two minutes) ...");
    var samples = samples(environment);
    var names =
        List.of(
            "Notegrad",
            "JJava " + environment.versionOf("jjava"),
            "ipykernel " + environment.versionOf("ipykernel"));
    var named = new LinkedHashMap<String, Map<String, Quartiles>>();
    int next = 0;
    for (var kernel : samples.values()) {
      var quartiles = new LinkedHashMap<String, Quartiles>();
      kernel.forEach((what, values) -> quartiles.put(what, Quartiles.of(values)));
      named.put(names.get(next++), quartiles);
    }
    return named;
  }

  private static Map<String, Map<String, double[]>> samples(PythonEnvironment environment)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("notegrad-bench");
    Path script = folder.resolve("timing.py");
    try {
      try (InputStream source = KernelBench.class.getResourceAsStream("timing.py")) {
        Files.copy(source, script);
      }
      var command = new ArrayList<String>();
      command.addAll(List.of(environment.python().toString(), script.toString()));
      command.addAll(KERNELS);
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      String jdk = System.getProperty("java.home");
      builder.environment().put("JAVA_HOME", jdk);
      builder.environment().put("PATH", jdk + "/bin:" + System.getenv("PATH"));
      // The person's own kernels, profile and history stay out of it.
      builder.environment().put("JUPYTER_PREFER_ENV_PATH", "1");
      builder.environment().put("IPYTHONDIR", folder.resolve("ipython").toString());
      builder.environment().put("NOTEGRAD_HISTORY", folder.resolve("history.jsonl").toString());
      var process = builder.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new CommandFailure("the kernels could not be timed; what was said is above");
      }
      return new Gson().fromJson(said, new TypeToken<>() {});
    } finally {
      PythonEnvironment.delete(folder);
    }
  }

  private static void printTimings(Map<String, Map<String, Quartiles>> kernels) {
    System.out.printf("%-22s", "");
    kernels.keySet().forEach(name -> System.out.printf(" %24s", name));
    System.out.println();
    for (var what : kernels.values().iterator().next().keySet()) {
      System.out.printf("%-22s", what);
      for (var kernel : kernels.values()) {
        System.out.printf(" %24s", kernel.get(what).text(what.equals("hot loop") ? "ns" : "ms"));
      }
      System.out.println();
    }
  }

  private static void printLoops(List<HotLoop.Cost> loops) {
    System.out.printf("%n%-32s %12s %12s %8s%n", "loop", "class", "cell", "ratio");
    for (var loop : loops) {
      System.out.printf(
          Locale.ROOT,
          "%-32s %9.1f ms %9.1f ms %8.3f%n",
          loop.loop(),
          loop.classMillis(),
          loop.cellMillis(),
          loop.ratio());
    }
  }
}
