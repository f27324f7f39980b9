package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import org.notegrad.DType;
import org.notegrad.Tensor;

/**
 * What a side made of a program.
 *
 * @param steps of each step; null for one whose operands were refused
 * @param inputs as they are at the end, since steps may write into them
 * @param gradients of the root, or null if there is none
 */
record Answer(List<Outcome> steps, List<Outcome> inputs, Gradients gradients) {

  /**
   * A value, or why there is none.
   *
   * @param broken whether the error is none that a person should meet
   */
  record Outcome(Values value, String error, boolean broken) {
    /** A tensor that can't even be read is broken. */
    static Outcome of(Tensor tensor) {
      try {
        return new Outcome(Values.of(tensor), null, false);
      } catch (RuntimeException e) {
        return new Outcome(null, e.toString(), true);
      }
    }
  }

  /**
   * @param reals the elements of a floating type
   * @param wholes the elements of another type; both are null if they were not kept
   * @param bounds how far an element may be off: 0 for not at all, -1 for nobody can tell; null if
   *     all are exact
   */
  record Values(String type, int[] shape, double[] reals, long[] wholes, double[] bounds) {
    int numel() {
      return reals != null ? reals.length : wholes != null ? wholes.length : 0;
    }

    /** The number of elements, kept or not. */
    long count() {
      return Shapes.numel(shape);
    }

    /** Whether there is a real element like this. */
    boolean has(DoublePredicate like) {
      return reals != null && Arrays.stream(reals).anyMatch(like);
    }

    boolean isReal() {
      return type.contains("float");
    }

    static Values of(Tensor tensor) {
      DType type = tensor.dtype();
      return new Values(
          type.toString(),
          tensor.shape().toArray(),
          type.isFloating() ? tensor.toDoubleArray() : null,
          type.isFloating() ? null : tensor.toLongArray(),
          null);
    }
  }

  /**
   * @param requires whether the root requires a gradient
   * @param first of each input that requires one; null if the root does not depend on it
   * @param second the gradients of the first ones' sum, weighed
   */
  record Gradients(
      boolean requires,
      List<Values> first,
      List<Values> second,
      String firstError,
      String secondError) {}
}
