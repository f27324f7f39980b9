package org.notegrad.viz;

import org.notegrad.Tensor;

/**
 * The statistics of a tensor, of a sample where it is large.
 *
 * @param seen how many elements were read
 * @param all how many there are
 */
record Sample(Stats stats, long seen, long all) {
  /** Up to so many elements are all read. */
  static final int MAX_ELEMENTS = 1 << 22;

  /** Reads every n-th element along the longest dimensions until few enough are left. */
  static Sample of(Tensor tensor) {
    var t = tensor.detach();
    while (t.numel() > MAX_ELEMENTS) {
      int longest = 0;
      for (int dim = 1; dim < t.rank(); dim++) {
        longest = t.size(dim) > t.size(longest) ? dim : longest;
      }
      int size = t.size(longest);
      int step = (int) Math.min(size, Math.ceilDiv(t.numel(), MAX_ELEMENTS));
      t = t.slice(longest, 0, size, step);
    }
    var stats = Stats.of(t.toDoubleArray(), !tensor.dtype().isFloating());
    return new Sample(stats, t.numel(), tensor.numel());
  }

  /** Says that not all was read; empty when it was. */
  String note() {
    return seen == all
        ? ""
        : "statistics of a sample: %s of %s elements"
            .formatted(Numbers.count(seen), Numbers.count(all));
  }
}
