package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.notegrad.DType;

/**
 * Tensors and what is done with them, as data.
 *
 * <p>An operand {@code i >= 0} is input {@code i}, written {@code x0, x1, ...}; an operand {@code
 * ~j} is the result of step {@code j}, written {@code y0, y1, ...}.
 *
 * @param seed of the generator, for the report
 * @param root the operand whose gradients are compared, or null
 */
record Program(long seed, List<Input> inputs, List<Step> steps, Integer root) {

  /**
   * @param type as PyTorch writes it, such as {@code float32}
   * @param reals the elements, if the type is floating
   * @param wholes the elements, if it is not (0 and 1 for bool)
   * @param grad whether it is a leaf that requires a gradient
   */
  record Input(String type, int[] shape, double[] reals, long[] wholes, boolean grad) {
    DType dtype() {
      return DType.valueOf(type.toUpperCase(java.util.Locale.ROOT));
    }

    int numel() {
      return reals != null ? reals.length : wholes.length;
    }
  }

  /** An operation applied to earlier values. */
  record Step(String op, int[] of, int[] ints, long[] longs, double[] reals) {
    Args args() {
      return new Args(ints, longs, reals);
    }

    boolean writes() {
      return op.endsWith("InPlace");
    }

    /** Whether the result may be, or look at, an operand. */
    boolean mayShare() {
      return writes() || ViewOps.SHARING.contains(op);
    }

    /** Whether it is done inside noGrad. */
    boolean isQuiet() {
      return writes() && ints[0] == 1;
    }
  }

  static String name(int operand) {
    return operand >= 0 ? "x" + operand : "y" + ~operand;
  }

  static String[] names(Step step) {
    var names = new String[step.of().length];
    for (int i = 0; i < names.length; i++) {
      names[i] = name(step.of()[i]);
    }
    return names;
  }

  /** An expression of Python for each step, with operands named by {@code names}. */
  private static String torch(Step step, String[] names) {
    return Ops.of(step.op()).torch(names, step.args());
  }

  /** An expression of Python for each step, whose operands are {@code a0, a1, ...}. */
  List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (Step step : steps) {
      String[] names = new String[step.of().length];
      Arrays.setAll(names, i -> "a" + i);
      expressions.add(torch(step, names));
    }
    return expressions;
  }

  /** A line of Python for each step. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int j = 0; j < steps.size(); j++) {
      Step step = steps.get(j);
      String quiet = step.isQuiet() ? "with torch.no_grad(): " : "";
      lines.add(quiet + name(~j) + " = " + torch(step, names(step)));
    }
    return lines;
  }
}
