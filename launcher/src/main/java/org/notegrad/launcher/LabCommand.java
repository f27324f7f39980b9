package org.notegrad.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the tutorials in JupyterLab, with this clone's kernel. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = "Opens the tutorials in JupyterLab. Arguments after -- go to JupyterLab.")
final class LabCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGUMENT", description = "Such as -- --no-browser --port 8899.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    var workspace = Workspace.current();
    var command = new ArrayList<String>();
    command.addAll(List.of("-m", "jupyterlab"));
    command.add("--ServerApp.root_dir=" + workspace.notebooks());
    command.addAll(arguments);
    Handover.toJupyter(workspace, command);
    return 0;
  }
}
