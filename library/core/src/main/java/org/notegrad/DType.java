package org.notegrad;

import java.util.Locale;

/**
 * The type of a tensor's elements. Order is promotion order: a mixed operation runs in the later.
 */
public enum DType {
  /** True or false, one byte each. */
  BOOL(1),
  /** 64-bit signed integer: indices, labels, counts. */
  INT64(8),
  /** 32-bit IEEE 754: the default for real numbers. */
  FLOAT32(4),
  /** 64-bit IEEE 754: gradient checks and ill-conditioned problems. */
  FLOAT64(8);

  private final int bytes;
  private final String label = name().toLowerCase(Locale.ROOT);

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that one element takes in storage. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are real numbers, and so can have gradients. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The type in which {@code a} and {@code b} meet: the later of the two in promotion order. */
  public static DType promote(DType a, DType b) {
    return a.ordinal() >= b.ordinal() ? a : b;
  }

  /** PyTorch's name of the type: {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}
