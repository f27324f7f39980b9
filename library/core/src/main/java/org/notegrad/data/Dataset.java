package org.notegrad.data;

import org.notegrad.Tensor;

/** Examples that can be fetched by number. */
public interface Dataset {
  /** The number of examples, 0 or more. */
  int size();

  /**
   * The examples at {@code indices}, in that order.
   *
   * @param indices int64 {@code (n,)}, each in [0, size)
   */
  Batch get(Tensor indices);

  /** All examples, in order. */
  default Batch all() {
    return get(Tensor.arange(size()));
  }
}
