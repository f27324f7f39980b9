package org.notegrad.kernel.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.eval.CellResult;

/** {@code %%bash}: commands of the shell. */
final class ShellMagics {
  /** How long a program may take to end after it was asked to, before it is killed. */
  private static final long PATIENCE_MILLIS = 300;

  private ShellMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line("bash", "", "Runs commands of the shell.", ShellMagics::bash)
            .aliases("sh")
            .forms(EnumSet.allOf(Magic.Form.class))
            .details(
                """
                Output is shown while it comes. An exit code other than 0 is an error of the cell.
                Interrupting the cell ends the commands and all that they started.

                ```
                %bash ls -l
                %%bash
                curl -O https://example.org/data.csv
                wc -l data.csv
                ```
                """));
  }

  private static CellResult bash(MagicCall call) {
    String script = call.isWholeCell() ? call.body() : call.arguments();
    if (script.isBlank()) {
      throw new MagicException("expects commands: %bash ls");
    }
    if (call.isWholeCell() && !call.arguments().isEmpty()) {
      throw new MagicException("takes nothing on its line; the commands stand below it");
    }
    return call.inCell(() -> run(script));
  }

  private static void run(String script) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder("bash", "-c", script).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new MagicException("can't start bash: " + MagicException.reason(e), e);
    }
    var out = pump(process.getInputStream(), System.out, "bash-stdout");
    var err = pump(process.getErrorStream(), System.err, "bash-stderr");
    try {
      int code = process.waitFor();
      // A program left in the background may hold the pipes open: its output follows later.
      out.join(PATIENCE_MILLIS);
      err.join(PATIENCE_MILLIS);
      if (code != 0) {
        throw new MagicException("the shell ended with exit code " + code);
      }
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  /** Ends a process and its descendants, by force if need be. */
  private static void end(Process process) throws InterruptedException {
    var all = process.descendants().toList();
    process.destroy(); // first, or it would tell what became of the others
    all.forEach(ProcessHandle::destroy);
    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static Thread pump(InputStream from, PrintStream to, String name) {
    var thread =
        new Thread(
            () -> {
              try (var reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
                var buffer = new char[8192];
                for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                  to.print(new String(buffer, 0, read));
                }
              } catch (IOException e) {
                to.println("(the output of the shell broke off: " + e.getMessage() + ")");
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
