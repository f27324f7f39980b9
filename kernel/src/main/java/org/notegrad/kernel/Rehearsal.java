package org.notegrad.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.LocalClient;
import org.notegrad.kernel.channel.Log;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.eval.VectorApi;

/**
 * Lives a short life of a kernel, so that a JVM that records it ({@code -XX:AOTCacheOutput}) knows
 * what a start needs: the first cells of a lesson, an error, a completion, a look at a name. Some
 * cells come often, so that it knows also what every cell needs.
 */
final class Rehearsal {
  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "System.out.println(\"hello\");",
          "int x = 3;\nx * 2",
          "int square(int n) {\n  return n * n;\n}\nsquare(7)",
          "for (int i = 0; i < 3; i++) {\n  System.out.printf(\"%d %s%n\", i, \"line\");\n}",
          "record Point(double x, double y) {}\nnew Point(1, 2)",
          "IntStream.range(0, 5).map(i -> i * i).boxed().toList()",
          "var shown = display(\"a\");\nshown.update(\"b\");",
          "int y = ;",
          "undefined + 1",
          "throw new IllegalStateException(\"rehearsed\");",
          "var t = Tensor.randn(4, 8);\nt",
          "var model = new Sequential(new Linear(8, 16), new ReLU(), new Linear(16, 2));\nmodel",
          "var out = model.forward(t).sum();\nout.backward();\nout");

  private static final List<String> OFTEN =
      List.of("1 + 1", "int x = 3;\nx * 2", "System.out.println(x)");
  private static final int ROUNDS = 10;

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    // A cache can't hold classes of a module that is loaded late, nor those that need them.
    System.setProperty("notegrad.cpu", "plain");
    VectorApi.load();
    Path folder = Files.createTempDirectory("notegrad-rehearsal");
    Path history = folder.resolve("history.jsonl");
    var connection = LocalClient.freeConnection();
    var kernel = new Kernel(connection, new History(history));
    kernel.evaluateWith(() -> JavaEvaluator.start(EvaluatorOptions.defaults()));
    InterruptSignal.handle(kernel::interrupt);
    try (var client = new LocalClient(connection)) {
      client.request("kernel_info_request", Json.object());
      for (String code : CELLS) {
        client.request("execute_request", Json.object("code", code, "stop_on_error", false));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (String code : OFTEN) {
          client.request("execute_request", Json.object("code", code));
        }
      }
      var place = Json.object("code", "Math.", "cursor_pos", 5);
      client.request("complete_request", place);
      client.request("inspect_request", Json.object("code", "String", "cursor_pos", 6));
      client.request("is_complete_request", Json.object("code", "for (;;) {"));
      client.request("history_request", Json.object("hist_access_type", "tail", "n", 1));
    }
    kernel.close();
    delete(folder);
    Log.warn("rehearsed " + (CELLS.size() + ROUNDS * OFTEN.size()) + " cells");
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
