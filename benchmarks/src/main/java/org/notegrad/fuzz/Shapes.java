package org.notegrad.fuzz;

import java.util.Arrays;

/** Arithmetic of shapes, for the maker of programs. */
final class Shapes {
  private Shapes() {}

  /** The broadcast shape; operands that don't fit give the larger sizes. */
  static int[] broadcast(int[] a, int[] b) {
    int[] out = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= out.length; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      out[out.length - i] = left == 1 ? right : left;
    }
    return out;
  }

  static boolean fit(int[] a, int[] b) {
    for (int i = 1; i <= Math.min(a.length, b.length); i++) {
      int left = a[a.length - i];
      int right = b[b.length - i];
      if (left != right && left != 1 && right != 1) {
        return false;
      }
    }
    return true;
  }

  static int[] without(int[] shape, int dim) {
    int at = dim < 0 ? dim + shape.length : dim;
    int[] rest = new int[shape.length - 1];
    System.arraycopy(shape, 0, rest, 0, at);
    System.arraycopy(shape, at + 1, rest, at, rest.length - at);
    return rest;
  }

  static int[] with(int[] shape, int dim, int size) {
    int[] changed = shape.clone();
    changed[dim < 0 ? dim + shape.length : dim] = size;
    return changed;
  }

  static int[] inserted(int[] shape, int dim, int size) {
    int at = dim < 0 ? dim + shape.length + 1 : dim;
    int[] longer = new int[shape.length + 1];
    System.arraycopy(shape, 0, longer, 0, at);
    longer[at] = size;
    System.arraycopy(shape, at, longer, at + 1, shape.length - at);
    return longer;
  }

  /** The shape that a reduction over dims leaves. */
  static int[] reduced(int[] shape, int[] dims, boolean keep) {
    boolean[] gone = new boolean[shape.length];
    for (int dim : dims) {
      if (shape.length > 0) {
        gone[dim < 0 ? dim + shape.length : dim] = true;
      }
    }
    int[] left = new int[shape.length];
    int count = 0;
    for (int i = 0; i < shape.length; i++) {
      if (!gone[i]) {
        left[count++] = shape[i];
      } else if (keep) {
        left[count++] = 1;
      }
    }
    return Arrays.copyOf(left, count);
  }

  static long numel(int... shape) {
    long n = 1;
    for (int size : shape) {
      n *= size;
    }
    return n;
  }
}
