package org.notegrad.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry of the command line; each command is a class of its own. */
@Command(
    name = "./notegrad",
    subcommands = {
      RunCommand.class,
      LabCommand.class,
      ShellCommand.class,
      InstallCommand.class,
      UninstallCommand.class,
      WheelCommand.class,
      DoctorCommand.class
    })
final class Main implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(CommandFailure::tell);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
