package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.Graph;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** Runs programs with Notegrad. */
final class Ours {
  private final Program program;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> results = new ArrayList<>();
  private final List<Answer.Outcome> refusals = new ArrayList<>();

  private final boolean copies;

  private Ours(Program program, boolean copies) {
    this.program = program;
    this.copies = copies;
  }

  static Answer answer(Program program) {
    return new Ours(program, false).run();
  }

  /** As {@link #answer}, with copies of operands, so that later writes change none of them. */
  static Answer answerWithCopies(Program program) {
    return new Ours(program, true).run();
  }

  private Answer run() {
    program.inputs().forEach(input -> inputs.add(tensor(input)));
    for (Program.Step step : program.steps()) {
      step(step);
    }
    Answer.Gradients gradients = gradients();
    List<Answer.Outcome> steps = new ArrayList<>();
    for (int j = 0; j < results.size(); j++) {
      Tensor result = results.get(j);
      steps.add(result != null ? Answer.Outcome.of(result) : refusals.get(j));
    }
    return new Answer(steps, inputs.stream().map(Answer.Outcome::of).toList(), gradients);
  }

  static Tensor tensor(Program.Input input) {
    DType type = input.dtype();
    Tensor wide =
        type.isFloating()
            ? Tensor.fromArray(input.reals(), input.shape())
            : Tensor.fromArray(input.wholes(), input.shape());
    return input.grad() ? wide.to(type).requiresGrad(true) : wide.to(type);
  }

  private Tensor value(int operand) {
    return operand >= 0 ? inputs.get(operand) : results.get(~operand);
  }

  private void step(Program.Step step) {
    Tensor[] operands = Arrays.stream(step.of()).mapToObj(this::value).toArray(Tensor[]::new);
    Tensor result = null;
    Answer.Outcome refusal = null;
    if (!Arrays.asList(operands).contains(null)) {
      if (copies && !step.mayShare()) {
        Arrays.setAll(operands, i -> operands[i].clone());
      }
      try {
        result = Ops.of(step.op()).run().of(operands, step.args());
      } catch (NotegradException e) {
        refusal = new Answer.Outcome(null, e.getMessage(), false);
      } catch (RuntimeException e) {
        refusal = new Answer.Outcome(null, e.toString(), true);
      }
    }
    results.add(result);
    refusals.add(refusal);
  }

  private Answer.Gradients gradients() {
    Tensor root = program.root() == null ? null : value(program.root());
    if (root == null) {
      return null;
    }
    if (!root.requiresGrad()) {
      return new Answer.Gradients(false, null, null, null, null);
    }
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    Tensor[] first;
    try {
      first = first(root, wanted);
    } catch (RuntimeException e) {
      return new Answer.Gradients(true, null, null, told(e), null);
    }
    List<Answer.Values> told = values(first);
    try {
      return new Answer.Gradients(true, told, values(second(first, wanted)), null, null);
    } catch (RuntimeException e) {
      return new Answer.Gradients(true, told, null, null, told(e));
    }
  }

  /** By {@code backward}, and again by {@code vjp}, which must agree. */
  private static Tensor[] first(Tensor root, List<Tensor> wanted) {
    Tensor numbers = numbers(root);
    root.backward(Graph.CREATE, numbers);
    Tensor[] gradients = taken(wanted);
    List<Tensor> reached = new ArrayList<>();
    List<Tensor> expected = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      if (gradients[i] != null) {
        reached.add(wanted.get(i));
        expected.add(gradients[i]);
      }
    }
    Tensor[] again = Autograd.vjp(Graph.RETAIN, root, numbers, reached.toArray(new Tensor[0]));
    for (int i = 0; i < again.length; i++) {
      if (!Arrays.equals(again[i].toDoubleArray(), expected.get(i).toDoubleArray())) {
        throw new IllegalStateException(
            "backward gives %s, vjp %s".formatted(expected.get(i), again[i]));
      }
    }
    return gradients;
  }

  private static Tensor[] second(Tensor[] first, List<Tensor> wanted) {
    Tensor total = null;
    for (Tensor gradient : first) {
      if (gradient != null && gradient.requiresGrad()) {
        Tensor part = gradient.mul(numbers(gradient)).sum();
        total = total == null ? part : total.add(part);
      }
    }
    if (total != null) {
      total.backward(Graph.RETAIN);
    }
    return taken(wanted);
  }

  private static Tensor[] taken(List<Tensor> wanted) {
    Tensor[] gradients = new Tensor[wanted.size()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = wanted.get(i).grad();
      wanted.get(i).setGrad(null);
    }
    return gradients;
  }

  private static List<Answer.Values> values(Tensor[] gradients) {
    List<Answer.Values> values = new ArrayList<>();
    for (Tensor gradient : gradients) {
      values.add(gradient == null ? null : Answer.Values.of(gradient));
    }
    return values;
  }

  /** What is proper for a person to meet, or else the exception's whole name. */
  private static String told(RuntimeException e) {
    return e instanceof NotegradException ? e.getMessage() : Verdict.BROKEN + e;
  }

  /** Eighths around 0, the same on both sides. */
  private static Tensor numbers(Tensor like) {
    double[] numbers = new double[(int) like.numel()];
    Arrays.setAll(numbers, i -> (i * 7 % 9 - 4) / 4.0 + 0.125);
    return Tensor.fromArray(numbers, like.shape().toArray()).to(like.dtype());
  }
}
