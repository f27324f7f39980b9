package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has Notegrad on its module path. */
class ModulePathTest {
  @TempDir private Path folder;

  private record Outcome(int status, String output) {}

  /** Runs a program's source beside Notegrad as a module, without a flag for the Vector API. */
  private Outcome run(String source) throws IOException, InterruptedException {
    Path file = folder.resolve("Program.java");
    Files.writeString(file, source);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-p", Path.of("target", "classes").toAbsolutePath().toString()));
    command.addAll(List.of("--add-modules", "org.notegrad", file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    return new Outcome(process.waitFor(), output);
  }

  @Test
  void vectorsNeedNoFlagThere() throws Exception {
    Outcome outcome =
        run(
            """
            import org.notegrad.*;

            void main() {
              var x = Tensor.tensor(1.0, 2.0).requiresGrad(true);
              x.square().sum().backward();
              IO.println(x.grad());
              IO.println(Notegrad.explain());
            }
            """);
    assertEquals(0, outcome.status, outcome.output);
    assertTrue(outcome.output.contains("tensor([2., 4.])"), outcome.output);
    assertTrue(outcome.output.contains("cpu: Vector API"), outcome.output);
  }

  @Test
  void whatIsInsideCannotBeNamed() throws Exception {
    for (String inside : List.of("org.notegrad.cpu.CpuBackend", "org.notegrad.ops.Views")) {
      Outcome outcome = run("void main() { IO.println(" + inside + ".class); }");
      assertTrue(outcome.status != 0, outcome.output);
      assertTrue(outcome.output.contains("not visible"), outcome.output);
    }
  }
}
