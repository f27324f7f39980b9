package org.notegrad.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import org.junit.jupiter.api.Test;
import org.notegrad.Tensor;
import org.notegrad.fuzz.Maker.Sizes;

/** What the fuzzer prints as Java is what it ran. */
public class SnippetTest {
  /** What the shell hands over. */
  public static List<Tensor> taken;

  @Test
  void snippetsComputeWhatTheFuzzerComputed() {
    List<Program> programs =
        Ops.names().stream()
            .map(op -> Maker.make(1, Sizes.SMALL, op))
            .filter(SnippetTest::isAccepted)
            .toList();
    assertTrue(programs.size() > Ops.names().size() / 2, programs.size() + " are accepted");
    var methods = new StringBuilder();
    var calls = new StringJoiner(", ", "org.notegrad.fuzz.SnippetTest.taken = List.of(", ");");
    for (Program program : programs) {
      String name = "p" + calls.length();
      String body =
          Snippet.java(withoutRoot(program))
              .replaceFirst("System.out.println\\((\\w+)\\)", "return $1");
      methods.append("static Tensor ").append(name).append("() {\n").append(body).append("}\n");
      calls.add("Programs." + name + "()");
    }
    evaluate("class Programs {\n" + methods + "}", calls.toString());
    for (int i = 0; i < programs.size(); i++) {
      Answer.Values expected = Ours.answer(programs.get(i)).steps().getLast().value();
      assertEquals(
          Snippet.values(expected),
          Snippet.values(Answer.Values.of(taken.get(i))),
          Snippet.java(programs.get(i)));
    }
  }

  private static boolean isAccepted(Program program) {
    return Ours.answer(program).steps().stream()
        .allMatch(step -> step != null && step.error() == null);
  }

  private static Program withoutRoot(Program program) {
    return new Program(program.seed(), program.inputs(), program.steps(), null);
  }

  private static void evaluate(String... snippets) {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      for (String line :
          List.of(
              "import java.util.List;",
              "import org.notegrad.*;",
              "import org.notegrad.nn.*;",
              "import static org.notegrad.Tensor.*;",
              "import static org.notegrad.Functional.*;",
              "import static org.notegrad.Autograd.*;")) {
        shell.eval(line);
      }
      for (String snippet : snippets) {
        for (var event : shell.eval(snippet)) {
          List<String> problems =
              shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList();
          assertEquals(Status.VALID, event.status(), () -> problems + "\n" + snippet);
          assertNull(event.exception(), snippet);
        }
      }
    }
  }

  @Test
  void numbersAreWrittenForBothLanguages() {
    List<String> java =
        Arrays.stream(new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY})
            .mapToObj(Args::java)
            .toList();
    assertEquals(List.of("1.0", "Double.NaN", "Double.NEGATIVE_INFINITY"), java);
    assertEquals("float('nan')", Args.python(Double.NaN));
    assertEquals("2", Args.pythonWhole(2));
    assertEquals("0.5", Args.pythonWhole(0.5));
  }
}
