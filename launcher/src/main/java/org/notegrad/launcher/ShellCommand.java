package org.notegrad.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.notegrad.kernel.eval.EvaluatorOptions;
import picocli.CommandLine.Command;

/** JShell with Notegrad on the class path and its imports made. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description =
        "JShell with Notegrad loaded and imported. A program piped into it is run as a whole; an"
            + " error in it ends the command with status 1.")
final class ShellCommand implements Callable<Integer> {

  /** Said by {@code ./notegrad}, since the JVM can't tell a terminal at one end only. */
  private static final boolean STDIN_IS_TERMINAL = Boolean.getBoolean("notegrad.stdin.terminal");

  @Override
  public Integer call() throws Exception {
    if (STDIN_IS_TERMINAL) return interactive();
    var program = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    return new ProgramRunner(System.out, System.err).run(program) ? 0 : 1;
  }

  private static int interactive() throws Exception {
    System.out.println("Notegrad is loaded and imported. /exit or Ctrl-D ends, /help explains.");
    var imports = Files.createTempFile("notegrad-imports", ".jsh");
    try {
      Files.write(imports, EvaluatorOptions.defaults().imports());
      return JavaShellToolBuilder.builder().start(jshellOptions(imports));
    } finally {
      Files.deleteIfExists(imports);
    }
  }

  private static String[] jshellOptions(Path imports) throws IOException {
    return new String[] {
      "--class-path",
      Workspace.current().classPath(),
      "--startup",
      imports.toString(),
      "--add-modules",
      "jdk.incubator.vector",
      "-R--add-modules=jdk.incubator.vector",
      "-R--enable-native-access=ALL-UNNAMED"
    };
  }
}
