package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program smaller for as long as it still differs. */
final class Shrinker {
  private final Predicate<Program> differs;
  private int left;

  /**
   * @param differs whether a program shows the difference
   * @param most how many programs to try
   */
  Shrinker(Predicate<Program> differs, int most) {
    this.differs = differs;
    this.left = most;
  }

  Program shrink(Program program) {
    Program smallest = program;
    boolean smaller = true;
    while (smaller && left > 0) {
      smaller = false;
      for (Program candidate : candidates(smallest)) {
        if (left-- <= 0) {
          break;
        }
        if (differs.test(candidate)) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Program> candidates(Program program) {
    List<Program> candidates = new ArrayList<>();
    addRoots(program, candidates);
    for (int j = program.steps().size() - 1; j >= 0; j--) {
      addWithoutStep(program, j, candidates);
    }
    for (int i = 0; i < program.inputs().size(); i++) {
      addWithoutInput(program, i, candidates);
      addOtherInputs(program, i, candidates);
    }
    return candidates;
  }

  private static void addRoots(Program program, List<Program> candidates) {
    if (program.root() == null) {
      return;
    }
    candidates.add(new Program(program.seed(), program.inputs(), program.steps(), null));
    for (int j = 0; j < program.steps().size(); j++) {
      if (~j > program.root()) {
        candidates.add(new Program(program.seed(), program.inputs(), program.steps(), ~j));
      }
    }
  }

  /** Whoever uses the step's result takes its first operand, or another, instead. */
  private static void addWithoutStep(Program program, int gone, List<Program> candidates) {
    for (int operand : Arrays.stream(program.steps().get(gone).of()).distinct().toArray()) {
      List<Program.Step> steps = new ArrayList<>();
      for (int j = 0; j < program.steps().size(); j++) {
        if (j != gone) {
          Program.Step step = program.steps().get(j);
          int[] of = step.of().clone();
          Arrays.setAll(of, i -> moved(of[i], gone, operand));
          steps.add(new Program.Step(step.op(), of, step.ints(), step.longs(), step.reals()));
        }
      }
      Integer root = program.root();
      if (root != null) {
        root = moved(root, gone, operand);
        root = root >= 0 ? null : root;
      }
      candidates.add(new Program(program.seed(), program.inputs(), steps, root));
    }
  }

  private static int moved(int operand, int gone, int instead) {
    if (operand == ~gone) {
      return instead;
    }
    return operand < 0 && ~operand > gone ? operand + 1 : operand;
  }

  private static void addWithoutInput(Program program, int gone, List<Program> candidates) {
    for (Program.Step step : program.steps()) {
      if (Arrays.stream(step.of()).anyMatch(operand -> operand == gone)) {
        return;
      }
    }
    List<Program.Input> inputs = new ArrayList<>(program.inputs());
    inputs.remove(gone);
    List<Program.Step> steps = new ArrayList<>();
    for (Program.Step step : program.steps()) {
      int[] of = step.of().clone();
      Arrays.setAll(of, i -> of[i] > gone ? of[i] - 1 : of[i]);
      steps.add(new Program.Step(step.op(), of, step.ints(), step.longs(), step.reals()));
    }
    candidates.add(new Program(program.seed(), inputs, steps, program.root()));
  }

  private static void addOtherInputs(Program program, int at, List<Program> candidates) {
    Program.Input input = program.inputs().get(at);
    for (int dim = 0; dim < input.shape().length; dim++) {
      if (input.shape()[dim] > 1) {
        candidates.add(with(program, at, narrowed(input, dim, 1)));
        candidates.add(with(program, at, narrowed(input, dim, input.shape()[dim] - 1)));
      }
    }
    if (input.grad()) {
      candidates.add(
          with(
              program,
              at,
              new Program.Input(
                  input.type(), input.shape(), input.reals(), input.wholes(), false)));
    }
    for (int i = 0; i < Math.min(input.numel(), 8); i++) {
      addSimplerElement(program, at, i, candidates);
    }
  }

  private static void addSimplerElement(
      Program program, int at, int element, List<Program> candidates) {
    Program.Input input = program.inputs().get(at);
    if (input.reals() != null) {
      double value = input.reals()[element];
      for (double simpler : new double[] {1, Math.rint(value)}) {
        if (value != simpler && value != 1 && value != 0) {
          double[] reals = input.reals().clone();
          reals[element] = simpler;
          candidates.add(
              with(
                  program,
                  at,
                  new Program.Input(input.type(), input.shape(), reals, null, input.grad())));
        }
      }
    } else if (input.wholes()[element] != 0 && input.wholes()[element] != 1) {
      long[] wholes = input.wholes().clone();
      wholes[element] = 1;
      candidates.add(
          with(
              program,
              at,
              new Program.Input(input.type(), input.shape(), null, wholes, input.grad())));
    }
  }

  private static Program with(Program program, int at, Program.Input input) {
    List<Program.Input> inputs = new ArrayList<>(program.inputs());
    inputs.set(at, input);
    return new Program(program.seed(), inputs, program.steps(), program.root());
  }

  /** The input with only the first {@code size} along a dimension. */
  private static Program.Input narrowed(Program.Input input, int dim, int size) {
    int[] shape = input.shape().clone();
    int old = shape[dim];
    shape[dim] = size;
    int inner = 1;
    for (int d = dim + 1; d < shape.length; d++) {
      inner *= shape[d];
    }
    int n = (int) Shapes.numel(shape);
    int[] from = new int[n];
    for (int i = 0; i < n; i++) {
      int row = i / inner;
      from[i] = (row / size * old + row % size) * inner + i % inner;
    }
    double[] reals = input.reals() == null ? null : new double[n];
    long[] wholes = input.wholes() == null ? null : new long[n];
    for (int i = 0; i < n; i++) {
      if (reals != null) {
        reals[i] = input.reals()[from[i]];
      } else {
        wholes[i] = input.wholes()[from[i]];
      }
    }
    return new Program.Input(input.type(), shape, reals, wholes, input.grad());
  }
}
