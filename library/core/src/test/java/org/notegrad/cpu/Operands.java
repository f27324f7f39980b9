package org.notegrad.cpu;

import java.util.ArrayList;
import java.util.List;
import org.notegrad.DType;
import org.notegrad.Tensor;

/** The shapes and arrangements of operands that the contract asks for. */
final class Operands {
  static final DType[] REAL = {DType.FLOAT32, DType.FLOAT64};

  /**
   * Odd tails around every vector width, empty tensors, scalars, and more than one thread's work.
   */
  static final int[][] SHAPES = {
    {},
    {1},
    {7},
    {16},
    {17},
    {63},
    {3, 5},
    {5, 33},
    {2, 3, 19},
    {1, 40},
    {40, 1},
    {0},
    {3, 0},
    {0, 4},
    {2, 0, 3}
  };

  private static final int[] LARGE = {3, 22_003};

  private Operands() {}

  static Tensor like(DType dtype, Tensor x) {
    return Tensor.zeros(dtype, x.shape().toArray());
  }

  /** One type is enough for the threads: the way there is the same. */
  static List<int[]> shapes(DType dtype) {
    List<int[]> shapes = new ArrayList<>(List.of(SHAPES));
    if (dtype == DType.FLOAT32) {
      shapes.add(LARGE);
    }
    return shapes;
  }

  /** The large shape is there for the threads alone. */
  static Arrangement[] arrangements(int[] shape) {
    return shape == LARGE
        ? new Arrangement[] {Arrangement.CONTIGUOUS, Arrangement.TRANSPOSED}
        : Arrangement.values();
  }
}
