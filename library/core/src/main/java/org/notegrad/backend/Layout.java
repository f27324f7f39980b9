package org.notegrad.backend;

import java.util.Arrays;
import org.notegrad.Shape;

/**
 * How a tensor's indices map to its storage: element {@code (i, j, ...)} lies at {@code offset + i
 * * stride(0) + j * stride(1) + ...}. Strides are counted in elements; a stride of 0 repeats (a
 * broadcast dimension). Immutable.
 */
public final class Layout {
  private final Shape shape;
  private final long[] strides;
  private final long offset;
  private final boolean contiguous;

  /** Of no elements there is one layout: an offset beyond the storage would lead nowhere. */
  private Layout(Shape shape, long[] strides, long offset) {
    boolean empty = shape.numel() == 0;
    this.shape = shape;
    this.strides = empty ? rowMajor(shape) : strides;
    this.offset = empty ? 0 : offset;
    this.contiguous = isRowMajor(shape, this.strides);
  }

  /** Row-major elements from the start of a storage. */
  public static Layout contiguous(Shape shape) {
    return new Layout(shape, rowMajor(shape), 0);
  }

  private static long[] rowMajor(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int dim = strides.length - 1; dim >= 0; dim--) {
      strides[dim] = stride;
      stride *= Math.max(shape.size(dim), 1);
    }
    return strides;
  }

  private static boolean isRowMajor(Shape shape, long[] strides) {
    long expected = 1;
    for (int dim = strides.length - 1; dim >= 0; dim--) {
      int size = shape.size(dim);
      if (size == 0) {
        return true;
      }
      if (size != 1) {
        if (strides[dim] != expected) {
          return false;
        }
        expected *= size;
      }
    }
    return true;
  }

  public Shape shape() {
    return shape;
  }

  public int rank() {
    return strides.length;
  }

  public int size(int dim) {
    return shape.size(dim);
  }

  /** The step in storage between neighbours along {@code dim}, from 0. */
  public long stride(int dim) {
    return strides[dim];
  }

  public long[] strides() {
    return strides.clone();
  }

  public long offset() {
    return offset;
  }

  /** Whether the elements lie in row-major order without gaps (from {@link #offset()} on). */
  public boolean isContiguous() {
    return contiguous;
  }

  /** Dimension {@code i} of the result is dimension {@code order[i]} of this. */
  public Layout permute(int... order) {
    int[] sizes = new int[order.length];
    long[] permuted = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = shape.size(order[i]);
      permuted[i] = strides[order[i]];
    }
    return new Layout(Shape.of(sizes), permuted, offset);
  }

  /** Elements {@code start, start + step, ...}, {@code length} of them, along {@code dim}. */
  public Layout slice(int dim, int start, int length, int step) {
    long[] stepped = strides.clone();
    stepped[dim] *= step;
    return new Layout(shape.with(dim, length), stepped, offset + start * strides[dim]);
  }

  /** The elements at {@code index} along {@code dim}, which goes. */
  public Layout select(int dim, int index) {
    long[] rest = new long[strides.length - 1];
    System.arraycopy(strides, 0, rest, 0, dim);
    System.arraycopy(strides, dim + 1, rest, dim, rest.length - dim);
    return new Layout(shape.without(dim), rest, offset + index * strides[dim]);
  }

  /**
   * Repeats dimensions of size 1, and new ones in front, up to {@code target}, which this must
   * broadcast to.
   */
  public Layout expand(Shape target) {
    if (shape.equals(target)) {
      return this;
    }
    long[] expanded = new long[target.rank()];
    int added = target.rank() - strides.length;
    for (int dim = 0; dim < strides.length; dim++) {
      boolean repeated = shape.size(dim) == 1 && target.size(dim + added) != 1;
      expanded[dim + added] = repeated ? 0 : strides[dim];
    }
    return new Layout(target, expanded, offset);
  }

  /** The same elements in the same order under another shape, or null if that takes a copy. */
  public Layout reshape(Shape target) {
    if (contiguous) {
      return new Layout(target, rowMajor(target), offset);
    }
    long[] result = new long[target.rank()];
    int to = 0;
    int from = 0;
    while (from < rank() || to < target.rank()) {
      int fromEnd = from;
      int toEnd = to;
      long fromCount = from < rank() ? shape.size(fromEnd++) : 1;
      long toCount = to < target.rank() ? target.size(toEnd++) : 1;
      while (fromCount != toCount) {
        if (fromCount < toCount) {
          fromCount *= shape.size(fromEnd++);
        } else {
          toCount *= target.size(toEnd++);
        }
      }
      if (!isOneRun(from, fromEnd)) {
        return null;
      }
      long stride = innermostStride(from, fromEnd);
      for (int dim = toEnd - 1; dim >= to; dim--) {
        result[dim] = stride;
        stride *= Math.max(target.size(dim), 1);
      }
      from = fromEnd;
      to = toEnd;
    }
    return new Layout(target, result, offset);
  }

  private boolean isOneRun(int from, int to) {
    long expected = -1;
    for (int dim = to - 1; dim >= from; dim--) {
      if (shape.size(dim) == 1) {
        continue;
      }
      if (expected != -1 && strides[dim] != expected) {
        return false;
      }
      expected = strides[dim] * shape.size(dim);
    }
    return true;
  }

  private long innermostStride(int from, int to) {
    for (int dim = to - 1; dim >= from; dim--) {
      if (shape.size(dim) != 1) {
        return strides[dim];
      }
    }
    return 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout layout
        && shape.equals(layout.shape)
        && offset == layout.offset
        && Arrays.equals(strides, layout.strides);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(strides) + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return "Layout[shape="
        + shape
        + ", strides="
        + Arrays.toString(strides)
        + ", offset="
        + offset
        + "]";
  }
}
