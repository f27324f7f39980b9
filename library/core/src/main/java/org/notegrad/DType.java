package org.notegrad;

import java.util.Locale;

/**
 * The type of a tensor's elements. Order is promotion order: a mixed operation runs in the later,
 * the two 16-bit real types together in float32. Scalar tensors count as any other (in PyTorch they
 * don't widen vectors of their kind); only Java's numbers take the type of the tensor beside them.
 */
public enum DType {
  /** True or false, one byte each. */
  BOOL(1),
  /** 32-bit signed integer: compact indices and labels. */
  INT32(4),
  /** 64-bit signed integer: indices, labels, counts. */
  INT64(8),
  /** 16-bit IEEE 754 (binary16): 11 significant bits, up to 65504. */
  FLOAT16(2),
  /** The upper half of a float32: 8 significant bits, float32's range. */
  BFLOAT16(2),
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
    return switch (this) {
      case BOOL, INT32, INT64 -> false;
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
    };
  }

  /** Whether elements are whole numbers; truth values are none. */
  public boolean isInteger() {
    return switch (this) {
      case INT32, INT64 -> true;
      case BOOL, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
    };
  }

  /**
   * The type in which a backend computes with such elements, rounding each result once: float32 for
   * the 16-bit real types, int64 for int32, and the others themselves.
   */
  public DType wide() {
    return switch (this) {
      case FLOAT16, BFLOAT16 -> FLOAT32;
      case INT32 -> INT64;
      case BOOL, INT64, FLOAT32, FLOAT64 -> this;
    };
  }

  /** The type in which {@code a} and {@code b} meet: the later of the two in promotion order. */
  public static DType promote(DType a, DType b) {
    boolean halves = a != b && a.bytes == 2 && b.bytes == 2;
    return halves ? FLOAT32 : a.ordinal() >= b.ordinal() ? a : b;
  }

  /** PyTorch's name of the type: {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}
