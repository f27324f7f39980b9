package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.Set;
import org.notegrad.fuzz.Answer.Outcome;
import org.notegrad.fuzz.Answer.Values;
import org.notegrad.fuzz.Program.Step;

/**
 * Where Notegrad answers otherwise on purpose. What a step like these gives is not compared, nor
 * what follows from it. docs/fuzzing.md has the same list, word by word.
 */
enum Difference {
  CONVERTED(
      "Types that PyTorch's function has no kernel for are converted.",
      "mean, var, std, norm, softmax, logSoftmax, softplus and the losses take integers as float32;"
          + " argmax and argmin take bool; products take two types, and count bool as int64; an"
          + " integer minus a bool is an integer; scatterAdd converts what it adds. PyTorch asks"
          + " for a conversion, and our result is what it would then have.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return CONVERTING.contains(family(step.op()))
          && ours.value() != null
          && theirs.error() != null
          && Arrays.stream(operands).anyMatch(x -> !x.isReal() || !sameType(x, operands[0]));
    }
  },
  SCALAR_TENSORS(
      "A tensor without dimensions counts as any other in the type of a result.",
      "PyTorch lets it widen others only by its kind (float32 beside a float64 scalar tensor is"
          + " float32), so that a sum over a batch of one can have another type. Here only plain"
          + " numbers are treated so.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      boolean scalar = Arrays.stream(operands).anyMatch(x -> x.shape().length == 0);
      boolean mixed = Arrays.stream(operands).anyMatch(x -> !sameType(x, operands[0]));
      boolean typesDiffer =
          ours.value() == null || theirs.value() == null || !sameType(ours.value(), theirs.value());
      return scalar && mixed && typesDiffer && PROMOTING.contains(family(step.op()));
    }
  },
  ONE_SHAPE(
      "mseLoss takes one shape, and linear a bias of (out,).",
      "PyTorch broadcasts them (with a warning for the loss). It is nearly always a forgotten"
          + " dimension, which makes a loss of all pairs.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return Set.of("mseLoss", "linear").contains(step.op())
          && ours.error() != null
          && theirs.value() != null;
    }
  },
  SQUEEZED(
      "squeeze(dim) wants a dimension of size 1.",
      "PyTorch returns the tensor as it is, and the mistake shows some operations later.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("squeeze") && ours.error() != null && theirs.value() != null;
    }
  },
  RECORDED_WRITE(
      "Writes into what requires a gradient want noGrad.",
      "PyTorch records them where it can, and refuses a leaf. Here a write is never part of a"
          + " graph, and says what to use instead.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.writes() && step.ints()[0] == 0 && ours.error() != null && theirs.value() != null;
    }
  };

  private static final Set<String> CONVERTING =
      Set.of(
          "mean",
          "var",
          "std",
          "norm",
          "softmax",
          "logSoftmax",
          "softplus",
          "crossEntropy",
          "mseLoss",
          "argmax",
          "argmin",
          "matmul",
          "linear",
          "sub",
          "subInPlace",
          "scatterAdd");

  private static final Set<String> PROMOTING =
      Set.of(
          "add",
          "sub",
          "mul",
          "div",
          "pow",
          "maximum",
          "minimum",
          "where",
          "mseLoss",
          "addInPlace",
          "subInPlace",
          "mulInPlace",
          "divInPlace",
          "addScaledInPlace",
          "stack",
          "linear");

  private final String what;
  private final String why;

  Difference(String what, String why) {
    this.what = what;
    this.why = why;
  }

  String what() {
    return what;
  }

  String why() {
    return why;
  }

  /** Whether this is what makes the two outcomes of a step differ. */
  boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
    return false;
  }

  /** Whether this is what makes the gradients differ. */
  boolean explains(Program program, Answer.Gradients ours, Answer.Gradients theirs) {
    return false;
  }

  /** The documented difference at a step, or null. */
  static Difference atStep(Step step, Outcome ours, Outcome theirs, Values[] operands) {
    if (ours == null || theirs == null || ours.broken() || Arrays.asList(operands).contains(null)) {
      return null;
    }
    return Arrays.stream(values())
        .filter(difference -> difference.explains(step, ours, theirs, operands))
        .findFirst()
        .orElse(null);
  }

  /** The documented difference of the gradients, or null. */
  static Difference atGradients(Program program, Answer.Gradients ours, Answer.Gradients theirs) {
    return Arrays.stream(values())
        .filter(difference -> difference.explains(program, ours, theirs))
        .findFirst()
        .orElse(null);
  }

  /** The operation without its form: sum for sumDims, add for addNumber. */
  static String family(String op) {
    return op.replaceFirst("(Dims?|Number|Long|Plain|From)$", "");
  }

  private static boolean sameType(Values a, Values b) {
    return a.type().equals(b.type());
  }
}
