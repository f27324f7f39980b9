package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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
          + " integer minus a bool is an integer; scatterAdd converts what it adds; losses compute"
          + " in the wider type of both. PyTorch asks for a conversion (but not always of tensors"
          + " without elements), and our result is what it would then have.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      boolean unlike =
          Arrays.stream(operands).anyMatch(x -> !x.isReal() || !sameType(x, operands[0]));
      String function = family(step.op());
      boolean refusedThere = theirs.error() != null || theirs.value().count() == 0;
      return ours.value() != null
          && unlike
          && (LOSSES.contains(function) || refusedThere && CONVERTING.contains(function));
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
      "Losses take one shape, and linear a bias of (out,).",
      "PyTorch broadcasts them (with a warning for the loss). It is nearly always a forgotten"
          + " dimension, which makes a loss of all pairs.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return Set.of("mseLoss", "huberLoss", "linear").contains(step.op())
          && ours.error() != null
          && theirs.error() == null;
    }
  },
  SQUEEZED(
      "squeeze(dim) wants a dimension of size 1.",
      "PyTorch returns the tensor as it is, and the mistake shows some operations later.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("squeeze") && ours.error() != null && theirs.error() == null;
    }
  },
  MATRIX_ONLY("t() wants a matrix.", "PyTorch's returns a vector as it is.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("t") && ours.error() != null && theirs.error() == null;
    }
  },
  CLASSES_GIVEN(
      "oneHot wants the number of classes.",
      "PyTorch's takes -1 for the largest class that it sees and one more, which depends on the"
          + " batch.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("oneHot") && step.ints()[0] == -1 && ours.error() != null;
    }
  },
  RECORDED_WRITE(
      "Writes into what requires a gradient want noGrad.",
      "PyTorch records them where it can, and refuses a leaf. Here a write is never part of a"
          + " graph, and says what to use instead.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.writes() && step.ints()[0] == 0 && ours.error() != null && theirs.error() == null;
    }
  },
  SIGN_OF_NAN("sign of NaN is NaN.", "As in Java and NumPy; PyTorch says 0, which hides it.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("sign") && operands[0].has(Double::isNaN);
    }
  },
  SOFTPLUS_ABOVE_20(
      "softplus is exact above 20.",
      "PyTorch returns x there, and 1 as the gradient, which float64 can tell from the right"
          + " ones.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("softplus") && operands[0].has(x -> x > 20);
    }
  },
  OUT_OF_RANGE(
      "Real numbers that an integer can't hold become the nearest that it can, and NaN becomes 0.",
      "As in Java. In PyTorch it depends on the processor.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("to")
          && ours.value() != null
          && !ours.value().isReal()
          && !ours.value().type().equals("bool")
          && operands[0].has(x -> !(Math.abs(x) < 0x1p31));
    }
  },
  OTHERS_KEPT(
      "A gradient may need other tensors than PyTorch's does.",
      "So a write between the two passes can be refused here and not there, or there and not here."
          + " What is not refused has the gradient of the values that were computed with, which the"
          + " fuzzer checks by computing with copies.") {
    @Override
    boolean explains(Program program, Answer.Gradients ours, Answer.Gradients theirs) {
      return isVersion(ours) != isVersion(theirs)
          && program.steps().stream().anyMatch(Step::writes);
    }
  },
  OF_BOOL(
      "pow with a bool operand has gradients.",
      "PyTorch computes the value, and then refuses to subtract 1 from the exponent.") {
    @Override
    boolean explains(Program program, Answer.Gradients ours, Answer.Gradients theirs) {
      return ours.firstError() == null
          && theirs.firstError() != null
          && theirs.firstError().startsWith("Subtraction");
    }
  },
  UNKNOWN_VARIANCE(
      "The gradient of a variance that is NaN is NaN.",
      "So it is for one number, and beside an infinite one. PyTorch's is infinite at some of them,"
          + " and has no second gradient.") {
    @Override
    boolean explains(Program program, Answer answer) {
      return uses(
          program,
          answer,
          (step, result, x) -> VARIANCES.contains(family(step.op())) && result.has(Double::isNaN));
    }
  },
  POWER_OF_A_HALF(
      "pow is IEEE 754's for the exponents 0.5 and -0.5, too.",
      "PyTorch takes the square root for them, so that -infinity has NaN; for the same exponent in"
          + " a tensor it has infinity.") {
    @Override
    boolean explains(Step step, Outcome ours, Outcome theirs, Values[] operands) {
      return step.op().equals("powNumber")
          && Math.abs(step.reals()[0]) == 0.5
          && operands[0].has(x -> x == Double.NEGATIVE_INFINITY);
    }
  },
  PRODUCT_OF_OTHERS(
      "The gradient of prod is the product of the others, whatever they are.",
      "PyTorch divides the product by the element, which is NaN beside infinities.") {
    @Override
    boolean excuses(Program program, Answer answer) {
      return uses(program, answer, (step, result, x) -> family(step.op()).equals("prod"));
    }
  },
  EXTREME_OF_NAN(
      "The gradient of max and min where they are NaN goes to the NaN.",
      "PyTorch's is NaN for every element.") {
    @Override
    boolean excuses(Program program, Answer answer) {
      return uses(
          program,
          answer,
          (step, result, x) ->
              Set.of("max", "min").contains(family(step.op())) && result.has(Double::isNaN));
    }
  },
  POWER_OF_ZERO(
      "pow has second gradients where the base is 0 or infinite.",
      "PyTorch's are NaN there, from 0 times infinity.") {
    @Override
    boolean excuses(Program program, Answer answer) {
      return uses(
          program,
          answer,
          (step, result, x) ->
              family(step.op()).equals("pow") && x.has(v -> v == 0 || Double.isInfinite(v)));
    }
  },
  SECOND_AT_A_KINK(
      "The second gradient of elu at 0 is the one from below.",
      "As its first one is in both; PyTorch's second is the one from above.") {
    @Override
    boolean hidesSecond(Program program, Answer answer) {
      return uses(
          program, answer, (step, result, x) -> step.op().equals("elu") && x.has(v -> v == 0));
    }
  },
  SECOND_OF_INFINITE(
      "A second gradient that is no finite number on either side may be another.",
      "Infinity times 0 and infinity less infinity arise in other places of the two formulas."),
  NORM_OF_ZERO(
      "norm and std have second gradients of 0 where they are 0.",
      "As both have first ones; PyTorch's second are NaN.") {
    @Override
    boolean excuses(Program program, Answer answer) {
      return uses(
          program,
          answer,
          (step, result, x) ->
              Set.of("norm", "std").contains(family(step.op())) && result.has(v -> v == 0));
    }
  };

  private static final Set<String> LOSSES = Set.of("mseLoss", "huberLoss", "bceWithLogits");
  private static final Set<String> VARIANCES = Set.of("var", "std");

  private static final Set<String> CONVERTING =
      Set.of(
          "mean",
          "var",
          "std",
          "norm",
          "softmax",
          "logSoftmax",
          "softplus",
          "gelu",
          "silu",
          "elu",
          "leakyReLU",
          "huberLoss",
          "bceWithLogits",
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
          "huberLoss",
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

  /** Whether this is met by the values, and makes the gradients differ. */
  boolean explains(Program program, Answer ours) {
    return false;
  }

  /** Whether this is met by the values, and makes gradients NaN in PyTorch where ours are not. */
  boolean excuses(Program program, Answer ours) {
    return false;
  }

  /** Whether this is met by the values, and makes second gradients differ. */
  boolean hidesSecond(Program program, Answer ours) {
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
  static Difference atGradients(Program program, Answer ours, Answer.Gradients theirs) {
    return Arrays.stream(values())
        .filter(difference ->
            difference.explains(program, ours.gradients(), theirs)
                || difference.explains(program, ours))
        .findFirst()
        .orElse(null);
  }

  /** The documented difference because of which PyTorch's gradients are NaN, or null. */
  static Difference ofNaN(Program program, Answer ours) {
    return Arrays.stream(values())
        .filter(difference -> difference.excuses(program, ours))
        .findFirst()
        .orElse(null);
  }

  /** The documented difference of second gradients only, or null. */
  static Difference ofSecond(Program program, Answer ours) {
    return Arrays.stream(values())
        .filter(difference -> difference.hidesSecond(program, ours))
        .findFirst()
        .orElse(null);
  }

  /** What to look for in a step. */
  private interface Looks {
    boolean like(Step step, Values result, Values first);
  }

  private static boolean uses(Program program, Answer answer, Looks looks) {
    for (int j = 0; j < program.steps().size(); j++) {
      Step step = program.steps().get(j);
      Outcome result = answer.steps().get(j);
      int operand = step.of()[0];
      Outcome first = operand >= 0 ? answer.inputs().get(operand) : answer.steps().get(~operand);
      boolean computed = result != null && result.value() != null && first.value() != null;
      if (computed && looks.like(step, result.value(), first.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVersion(Answer.Gradients gradients) {
    return Stream.of(gradients.firstError(), gradients.secondError())
        .filter(Objects::nonNull)
        .anyMatch(error -> error.contains("inplace") || error.contains("in place"));
  }

  /** The operation without its form: sum for sumDims, add for addNumber. */
  static String family(String op) {
    return op.replaceFirst("(Dims?|Number|Long|Plain|From)$", "");
  }

  private static boolean sameType(Values a, Values b) {
    return a.type().equals(b.type());
  }
}
