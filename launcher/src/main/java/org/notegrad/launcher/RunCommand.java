package org.notegrad.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.notegrad.kernel.install.KernelSpecInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes notebooks with this clone's kernel, and writes each as .ipynb and .html. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Executes notebooks with this clone's kernel and writes each, with its outputs, as .ipynb"
            + " and .html. A notebook that fails is written as far as it came, and ends the command"
            + " with status 1.")
final class RunCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "A notebook, .ipynb.")
  private List<Path> notebooks;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results; out/ of the clone if not given.")
  private Path out;

  @Option(
      names = "--in-place",
      description = "Saves the outputs into the notebook itself; the .html still goes to --out.")
  private boolean inPlace;

  @Override
  public Integer call() throws Exception {
    check(notebooks);
    var workspace = Workspace.current();
    var command = new ArrayList<String>();
    command.add(workspace.pythonSources().resolve("run_notebook.py").toString());
    command.addAll(List.of("--kernel", KernelSpecInstaller.KERNEL_NAME));
    command.addAll(List.of("--out", (out == null ? workspace.out() : out).toString()));
    if (inPlace) command.add("--in-place");
    notebooks.forEach(notebook -> command.add(notebook.toString()));
    Handover.toJupyter(workspace, command);
    return 0;
  }

  /** Says at once what would go wrong after minutes. */
  static void check(List<Path> notebooks) {
    var names = new HashSet<Path>();
    for (var notebook : notebooks) {
      if (!Files.isRegularFile(notebook)) {
        throw new CommandFailure("There is no notebook %s", notebook.toAbsolutePath());
      }
      if (!notebook.toString().endsWith(".ipynb")) {
        throw new CommandFailure("A notebook's name ends in .ipynb, which %s does not", notebook);
      }
      if (!names.add(notebook.getFileName())) {
        throw new CommandFailure(
            "Two notebooks are called %s; their results would overwrite each other",
            notebook.getFileName());
      }
    }
  }
}
