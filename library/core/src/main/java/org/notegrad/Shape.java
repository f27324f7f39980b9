package org.notegrad;

import java.util.Arrays;
import org.notegrad.ops.Checks;

/** The sizes of a tensor's dimensions, outermost first. Immutable. */
public final class Shape {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final long numel;

  private Shape(int[] sizes) {
    this("shape", sizes);
  }

  private Shape(String op, int[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new NotegradException(op, "size %d in %s is negative", size, Arrays.toString(sizes));
      }
      product = size == 0 ? 0 : Math.multiplyHigh(product, size) != 0 ? -1 : product * size;
      if (product < 0) {
        throw new NotegradException(op, "%s has too many elements", Arrays.toString(sizes));
      }
    }
    this.numel = product;
  }

  /** The shape that {@code op} is asked for: its errors bear op's name. */
  public static Shape of(String op, int... sizes) {
    Checks.given(op, "array of sizes", sizes);
    return sizes.length == 0 ? SCALAR : new Shape(op, sizes.clone());
  }

  /** The shape with these sizes. */
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** Takes {@code sizes} as its own: the caller must not keep it. */
  static Shape owning(int[] sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes);
  }

  /** The number of dimensions. */
  public int rank() {
    return sizes.length;
  }

  /** The size of one dimension; negative {@code dim} counts from the end. */
  public int size(int dim) {
    if (sizes.length == 0) {
      throw new ShapeException("size", this, "a scalar has no dimension %d", dim);
    }
    return sizes[Dim.resolve("size", dim, this)];
  }

  /** The size of dimension {@code dim}, from 0, unchecked: for kernels' planning. */
  int at(int dim) {
    return sizes[dim];
  }

  /** The number of elements: the product of the sizes, 1 for a scalar. */
  public long numel() {
    return numel;
  }

  /** The sizes, as a copy. */
  public int[] toArray() {
    return sizes.clone();
  }

  /** This shape with dimension {@code dim} of size {@code size}. */
  public Shape with(int dim, int size) {
    int[] changed = sizes.clone();
    changed[Dim.resolve("with", dim, this)] = size;
    return new Shape(changed);
  }

  /** This shape without dimension {@code dim}. */
  public Shape without(int dim) {
    int at = Dim.resolve("without", dim, this);
    int[] rest = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, rest, 0, at);
    System.arraycopy(sizes, at + 1, rest, at, rest.length - at);
    return owning(rest);
  }

  /**
   * The shape to which {@code a} and {@code b} broadcast: aligned at the last dimension, sizes
   * equal or one of them 1.
   *
   * @throws ShapeException that names {@code op} and the sizes that differ
   */
  public static Shape broadcast(String op, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int dim = conflict(a, b);
    if (dim != 0) {
      throw new ShapeException(
          op,
          a,
          b,
          "sizes %d and %d in dimension %d can't be broadcast",
          a.sizes[a.rank() + dim],
          b.sizes[b.rank() + dim],
          dim);
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int p = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
      int q = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
      sizes[rank - i] = p == 1 ? q : p;
    }
    return owning(sizes);
  }

  /** Whether {@link #broadcast} joins these shapes. */
  public static boolean canBroadcast(Shape a, Shape b) {
    return conflict(a, b) == 0;
  }

  /** The last dimension that keeps two shapes apart, counted from the end: -1, -2, ...; or 0. */
  private static int conflict(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int p = a.sizes[a.rank() - i];
      int q = b.sizes[b.rank() - i];
      if (p != q && p != 1 && q != 1) {
        return -i;
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** {@code (2, 3)}; {@code (5,)} for one dimension; {@code ()} for a scalar. */
  @Override
  public String toString() {
    if (sizes.length == 1) {
      return "(" + sizes[0] + ",)";
    }
    var text = new StringBuilder("(");
    for (int i = 0; i < sizes.length; i++) {
      text.append(i == 0 ? "" : ", ").append(sizes[i]);
    }
    return text.append(')').toString();
  }
}
