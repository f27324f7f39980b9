package org.notegrad;

/**
 * The largest (or smallest) elements along a dimension, in their order, and where they were.
 *
 * @param values they carry gradients
 * @param indices int64, of the shape of the values
 */
public record TopK(Tensor values, Tensor indices) {
  /** Which elements come first. NaN counts as the largest of all. */
  public enum Order {
    LARGEST,
    SMALLEST
  }
}
