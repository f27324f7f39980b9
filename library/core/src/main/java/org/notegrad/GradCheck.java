package org.notegrad;

import java.util.Arrays;
import org.notegrad.backend.Distribution;

/**
 * Compares gradients with finite differences: how to test a gradient rule of one's own.
 *
 * <p>The function's output is weighted with random numbers and summed, and that scalar's gradient
 * is compared, element by element, with central differences of step 1e-5. In float64 the two agree
 * to about nine digits where the function is smooth; kinks must lie farther than the step.
 */
public final class GradCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;
  private static final long SEED = 20_240_229;

  /** A function of tensors, of one output. */
  @FunctionalInterface
  public interface Function {
    /** The function's value at {@code inputs}. */
    Tensor of(Tensor... inputs);
  }

  private GradCheck() {}

  /**
   * Checks the gradient of {@code function} with respect to each of {@code inputs}, at their
   * values.
   *
   * @param inputs of float64; they are not changed
   * @throws NotegradException that names the input and the element whose gradient differs by more
   *     than 1e-7, relative to it where it is larger than 1
   */
  public static void gradCheck(Function function, Tensor... inputs) {
    Tensor[] leaves = leaves(inputs);
    Tensor[] gradients = Autograd.grad(weighted(function, leaves), leaves);
    for (int i = 0; i < leaves.length; i++) {
      compare(function, leaves, i, gradients[i].toDoubleArray());
    }
  }

  /**
   * Checks the gradient of the gradient of {@code function}: with respect to each of {@code
   * inputs}, and to the output's gradient.
   *
   * @param inputs of float64; they are not changed
   * @throws NotegradException as {@link #gradCheck}; the input after the last one is the output's
   *     gradient
   */
  public static void gradGradCheck(Function function, Tensor... inputs) {
    Tensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = random(Autograd.noGrad(() -> function.of(inputs)), inputs.length);
    gradCheck(point -> directionalGradient(function, point), all);
  }

  /**
   * The gradients for {@code point}'s last tensor as the output's gradient, weighted and summed.
   */
  private static Tensor directionalGradient(Function function, Tensor... point) {
    Tensor[] inputs = Arrays.copyOf(point, point.length - 1);
    Tensor[] gradients =
        Autograd.vjp(
            Graph.CREATE, dependent(function.of(inputs), inputs), point[point.length - 1], inputs);
    Tensor total = Tensor.zeros(TensorOptions.like(point[0]));
    for (int i = 0; i < gradients.length; i++) {
      total = total.add(gradients[i].mul(random(gradients[i], i)).sum());
    }
    return total;
  }

  private static Tensor[] leaves(Tensor[] inputs) {
    Tensor[] leaves = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].dtype() != DType.FLOAT64) {
        throw new NotegradException(
            "gradCheck", "input %d is %s, float64 expected", i, inputs[i].dtype());
      }
      leaves[i] = inputs[i].detach().clone().requiresGrad(true);
    }
    return leaves;
  }

  private static Tensor weighted(Function function, Tensor[] inputs) {
    Tensor output = function.of(inputs);
    return dependent(output.mul(random(output, -1)).sum(), inputs);
  }

  /** {@code output}, made to depend on inputs that the function ignores: their gradient is 0. */
  private static Tensor dependent(Tensor output, Tensor[] inputs) {
    Tensor dependent = output;
    for (Tensor input : inputs) {
      dependent = dependent.add(input.mul(0.0).sum());
    }
    return dependent;
  }

  private static Tensor random(Tensor like, int stream) {
    Tensor zeros = Tensor.zerosLike(like);
    return new Generator(SEED + stream).fill(new Distribution.Normal(), zeros);
  }

  private static void compare(Function function, Tensor[] leaves, int input, double[] gradient) {
    double[] values = leaves[input].toDoubleArray();
    for (int element = 0; element < values.length; element++) {
      double at = values[element];
      values[element] = at + STEP;
      double above = evaluate(function, leaves, input, values);
      values[element] = at - STEP;
      double below = evaluate(function, leaves, input, values);
      values[element] = at;
      double difference = (above - below) / (2 * STEP);
      double allowed = TOLERANCE * Math.max(1, Math.abs(difference));
      if (!(Math.abs(gradient[element] - difference) <= allowed)) {
        throw new NotegradException(
            "gradCheck",
            "input %d of shape %s, element %d at %s: the gradient is %s, finite differences give"
                + " %s",
            input,
            leaves[input].shape(),
            element,
            at,
            gradient[element],
            difference);
      }
    }
  }

  private static double evaluate(Function function, Tensor[] leaves, int input, double[] values) {
    Tensor[] moved = leaves.clone();
    Tensor x = leaves[input];
    moved[input] = Tensor.fromArray(values, x.shape().toArray()).to(x.device()).requiresGrad(true);
    return weighted(function, moved).item();
  }
}
