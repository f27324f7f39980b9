package org.notegrad.cpu;

import org.notegrad.Shape;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Parallel;

/**
 * A way through several operands of one shape: dimensions that lie behind each other in all of them
 * are joined, and what is left falls into runs along the last one.
 */
final class Walk {
  /**
   * Handles one run: operand {@code i} starts at {@code at[i]} and advances by {@link
   * Walk#step}{@code (i)}.
   */
  @FunctionalInterface
  interface Run {
    void run(int[] at, int length);
  }

  private final int rank;
  private final int[] sizes;
  private final int[][] strides;
  private final int[] offsets;

  private Walk(int[] order, int from, int to, Layout[] operands) {
    Shape shape = operands[0].shape();
    int[] joined = new int[to - from + 1];
    int[][] steps = new int[operands.length][to - from + 1];
    int count = 0;
    for (int at = from; at < to; at++) {
      int dim = order == null ? at : order[at];
      int size = shape.size(dim);
      if (size == 1) {
        continue;
      }
      if (count > 0 && follows(operands, steps, count - 1, dim, size)) {
        joined[count - 1] *= size;
      } else {
        joined[count++] = size;
      }
      for (int i = 0; i < operands.length; i++) {
        steps[i][count - 1] = (int) operands[i].stride(dim);
      }
    }
    if (count == 0) {
      joined[count++] = 1;
    }
    rank = count;
    sizes = joined;
    strides = steps;
    offsets = new int[operands.length];
    for (int i = 0; i < operands.length; i++) {
      offsets[i] = (int) operands[i].offset();
    }
  }

  static Walk of(Layout... operands) {
    return new Walk(null, 0, operands[0].rank(), operands);
  }

  /** Through the dimensions {@code order[from]} to {@code order[to - 1]}, at 0 in all others. */
  static Walk along(int[] order, int from, int to, Layout... operands) {
    return new Walk(order, from, to, operands);
  }

  /** The number of elements. */
  int numel() {
    return runs() * length();
  }

  private static boolean follows(Layout[] operands, int[][] steps, int last, int dim, int size) {
    for (int i = 0; i < operands.length; i++) {
      if (steps[i][last] != operands[i].stride(dim) * size) {
        return false;
      }
    }
    return true;
  }

  /** The distance between an operand's neighbours in a run. */
  int step(int operand) {
    return strides[operand][rank - 1];
  }

  /** The length of a run. */
  int length() {
    return sizes[rank - 1];
  }

  /** The number of runs. */
  int runs() {
    int runs = 1;
    for (int dim = 0; dim < rank - 1; dim++) {
      runs *= sizes[dim];
    }
    return runs;
  }

  /** Visits all elements, on several threads if there are more than {@code grain}. */
  void forEach(int grain, Run body) {
    int runs = runs();
    int length = length();
    if (runs == 0 || length == 0) {
      return;
    }
    if (runs == 1) {
      Parallel.forRange(length, grain, (from, to) -> part(from, to, body));
    } else {
      Parallel.forRange(runs, Math.max(1, grain / length), (from, to) -> runs(from, to, body));
    }
  }

  /** Where each operand's run number {@code run} starts. */
  void start(int run, int[] at) {
    System.arraycopy(offsets, 0, at, 0, at.length);
    int rest = run;
    for (int dim = rank - 2; dim >= 0; dim--) {
      int index = rest % sizes[dim];
      rest /= sizes[dim];
      for (int i = 0; i < at.length; i++) {
        at[i] += index * strides[i][dim];
      }
    }
  }

  private void part(int from, int to, Run body) {
    int[] at = offsets.clone();
    for (int i = 0; i < at.length; i++) {
      at[i] += from * step(i);
    }
    body.run(at, to - from);
  }

  /** Visits the runs {@code from} to {@code to} on this thread. */
  void runs(int from, int to, Run body) {
    int[] index = new int[rank];
    int[] start = offsets.clone();
    int rest = from;
    for (int dim = rank - 2; dim >= 0; dim--) {
      index[dim] = rest % sizes[dim];
      rest /= sizes[dim];
      for (int i = 0; i < start.length; i++) {
        start[i] += index[dim] * strides[i][dim];
      }
    }
    int[] at = new int[start.length];
    for (int run = from; run < to; run++) {
      System.arraycopy(start, 0, at, 0, at.length);
      body.run(at, sizes[rank - 1]);
      advance(index, start);
    }
  }

  private void advance(int[] index, int[] start) {
    for (int dim = rank - 2; dim >= 0; dim--) {
      boolean carry = ++index[dim] == sizes[dim];
      for (int i = 0; i < start.length; i++) {
        start[i] += carry ? -(sizes[dim] - 1) * strides[i][dim] : strides[i][dim];
      }
      if (!carry) {
        return;
      }
      index[dim] = 0;
    }
  }
}
