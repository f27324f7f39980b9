package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.notegrad.fuzz.Answer.Values;

/** Programs as a person would write them, in Java and in Python. */
final class Snippet {
  private Snippet() {}

  /** {@code float32 (2) [1.0, NaN]}. */
  static String values(Values values) {
    String elements =
        values.reals() != null ? Arrays.toString(values.reals()) : Arrays.toString(values.wholes());
    return values.type() + " (" + Args.list(values.shape()) + ") " + elements;
  }

  /** For {@code ./notegrad shell}. */
  static String java(Program program) {
    var text = new StringBuilder();
    for (int i = 0; i < program.inputs().size(); i++) {
      text.append("var ").append(Program.name(i)).append(" = ");
      text.append(javaInput(program.inputs().get(i))).append(";\n");
    }
    for (int j = 0; j < program.steps().size(); j++) {
      Program.Step step = program.steps().get(j);
      text.append("var ").append(Program.name(~j)).append(" = ");
      text.append(Ops.of(step.op()).java().of(Program.names(step), step.args())).append(";\n");
    }
    if (program.root() != null) {
      String root = Program.name(program.root());
      text.append("var n = new double[(int) ").append(root).append(".numel()];\n");
      text.append("for (int i = 0; i < n.length; i++) n[i] = (i * 7 % 9 - 4) / 4.0 + 0.125;\n");
      text.append(root).append(".backward(Graph.CREATE, fromArray(n, ");
      text.append(root).append(".shape().toArray()).to(").append(root).append(".dtype()));\n");
      for (int i = 0; i < program.inputs().size(); i++) {
        if (program.inputs().get(i).grad()) {
          text.append("System.out.println(").append(Program.name(i)).append(".grad());\n");
        }
      }
    } else if (!program.steps().isEmpty()) {
      String last = Program.name(~(program.steps().size() - 1));
      text.append("System.out.println(").append(last).append(");\n");
    }
    return text.toString();
  }

  private static String javaInput(Program.Input input) {
    String shape = input.shape().length == 0 ? ", new int[0]" : ", " + Args.list(input.shape());
    String type = "DType." + input.type().toUpperCase(Locale.ROOT);
    String elements =
        input.reals() != null
            ? "new double[] {" + list(input.reals(), Args::java) + "}"
            : "new long[] {" + list(input.wholes(), "L") + "}";
    String converted =
        input.type().equals("float64") || input.type().equals("int64") ? "" : ".to(" + type + ")";
    return "fromArray("
        + elements
        + shape
        + ")"
        + converted
        + (input.grad() ? ".requiresGrad(true)" : "");
  }

  /** The same for Python. */
  static String python(Program program) {
    var text = new StringBuilder("import torch, torch.nn.functional as F\n");
    for (int i = 0; i < program.inputs().size(); i++) {
      text.append(Program.name(i)).append(" = ");
      text.append(pythonInput(program.inputs().get(i))).append('\n');
    }
    program.lines().forEach(line -> text.append(line).append('\n'));
    if (program.root() != null) {
      String root = Program.name(program.root());
      List<String> leaves =
          IntStream.range(0, program.inputs().size())
              .filter(i -> program.inputs().get(i).grad())
              .mapToObj(Program::name)
              .toList();
      text.append("n = (torch.arange(").append(root).append(".numel()) * 7 % 9 - 4) / 4 + 0.125\n");
      text.append("n = n.to(%s.dtype).reshape(%s.shape)\n".formatted(root, root));
      text.append(
          "print(torch.autograd.grad(%s, [%s], n, create_graph=True, allow_unused=True))\n"
              .formatted(root, String.join(", ", leaves)));
    } else if (!program.steps().isEmpty()) {
      text.append("print(").append(Program.name(~(program.steps().size() - 1))).append(")\n");
    }
    return text.toString();
  }

  private static String pythonInput(Program.Input input) {
    String elements =
        input.reals() != null ? list(input.reals(), Args::python) : list(input.wholes(), "");
    return "torch.tensor([%s], dtype=torch.%s).reshape((%s)).clone()%s"
        .formatted(
            elements,
            input.type(),
            Args.list(input.shape()) + (input.shape().length == 1 ? "," : ""),
            input.grad() ? ".requires_grad_()" : "");
  }

  private static String list(double[] values, java.util.function.DoubleFunction<String> text) {
    return Arrays.stream(values).mapToObj(text).collect(Collectors.joining(", "));
  }

  private static String list(long[] values, String suffix) {
    return Arrays.stream(values).mapToObj(v -> v + suffix).collect(Collectors.joining(", "));
  }
}
