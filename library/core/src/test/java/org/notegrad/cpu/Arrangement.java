package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.Tensor;

/** Ways in which a tensor's elements may lie in storage. */
enum Arrangement {
  CONTIGUOUS,
  /** Dimensions in the opposite order. */
  TRANSPOSED,
  /** Every second element from the third on. */
  STEPPED,
  /** A part of a larger tensor: rows are contiguous, with gaps between them. */
  WINDOW,
  /** The first part along the first dimension, repeated: stride 0. It can't be written. */
  REPEATED;

  /** What lies in the gaps. */
  private static final double FILLER = 1;

  boolean isWritable() {
    return this != REPEATED;
  }

  /**
   * A tensor of x's shape in this arrangement, with x's elements (REPEATED has only some of them).
   */
  Tensor of(Tensor x) {
    if (x.rank() == 0) {
      return this == CONTIGUOUS ? x : arranged(x.reshape(1)).select(0, 0);
    }
    return arranged(x);
  }

  private Tensor arranged(Tensor x) {
    int[] sizes = x.shape().toArray();
    int last = sizes.length - 1;
    return switch (this) {
      case CONTIGUOUS -> x;
      case TRANSPOSED -> copied(x, Tensor.zeros(x.dtype(), reversed(sizes)).permute(reverse(last)));
      case STEPPED -> {
        int size = sizes[last];
        sizes[last] = 2 * size + 3;
        yield copied(x, filled(x.dtype(), sizes).slice(last, 2, 2 * size + 2, 2));
      }
      case WINDOW -> {
        for (int dim = 0; dim <= last; dim++) {
          sizes[dim] += 3;
        }
        Tensor window = filled(x.dtype(), sizes);
        for (int dim = 0; dim <= last; dim++) {
          window = window.narrow(dim, dim == last ? 1 : 2, sizes[dim] - 3);
        }
        yield copied(x, window);
      }
      case REPEATED -> x.size(0) == 0 ? x : x.narrow(0, 0, 1).expand(x.shape());
    };
  }

  private static Tensor filled(DType dtype, int[] sizes) {
    return Tensor.full(dtype, FILLER, sizes);
  }

  private static Tensor copied(Tensor x, Tensor place) {
    return place.copyInPlace(x);
  }

  private static int[] reversed(int[] sizes) {
    int[] reversed = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      reversed[i] = sizes[sizes.length - 1 - i];
    }
    return reversed;
  }

  private static int[] reverse(int last) {
    int[] order = new int[last + 1];
    for (int i = 0; i <= last; i++) {
      order[i] = last - i;
    }
    return order;
  }
}
