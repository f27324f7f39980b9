package org.notegrad;

/**
 * An operation that picks elements of its first input, and of no other that has a gradient: a
 * slice, rows by their index. The gradient of the input is zero but in those places. It is not made
 * for each part: a walk collects the gradients of all parts of a tensor and adds them into one
 * buffer, so that taking a tensor apart costs no more than its size.
 */
public abstract class PartNode extends Node {
  protected PartNode(String name) {
    super(name);
  }

  /**
   * Adds {@code part}, of the output's shape, in place to where it was picked from. Nothing is
   * recorded.
   *
   * @param whole of the input's shape, contiguous
   */
  protected abstract void addTo(Tensor whole, Tensor part);

  /** What this picks from {@code whole}, of the input's shape: an operation that is recorded. */
  protected abstract Tensor pick(Tensor whole);

  @Override
  protected final Tensor[] backward(Tensor gradient) {
    throw new IllegalStateException("the gradients of parts are collected by the walk");
  }
}
