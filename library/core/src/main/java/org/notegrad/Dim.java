package org.notegrad;

/** Names for dimension indices. Negative indices count from the end. */
public final class Dim {
  /** The last dimension. */
  public static final int LAST = -1;

  private Dim() {}

  /** {@code dim} as an index from 0, or a {@link ShapeException} that names the operation. */
  public static int resolve(String op, int dim, Shape shape) {
    int rank = shape.rank();
    int resolved = dim < 0 ? dim + Math.max(rank, 1) : dim;
    if (resolved < 0 || resolved >= Math.max(rank, 1)) {
      int count = Math.max(rank, 1); // a scalar counts as one dimension, as in PyTorch
      throw new ShapeException(op, shape, "dim %d is not in [%d, %d)", dim, -count, count);
    }
    return resolved;
  }
}
