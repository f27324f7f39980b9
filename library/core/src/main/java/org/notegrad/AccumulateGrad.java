package org.notegrad;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the graph ends: adds what arrives to a leaf's gradient. */
public final class AccumulateGrad extends Node {
  private final Tensor leaf;
  private AtomicInteger waiting = new AtomicInteger();

  AccumulateGrad(Tensor leaf) {
    super("leaf");
    this.leaf = leaf;
    takeOrder();
  }

  /** The number of edges that lead here from nodes that no walk has freed, which hold it. */
  AtomicInteger waiting() {
    return waiting;
  }

  /**
   * Whether a gradient may still come: whether a node that no walk has freed leads here and is held
   * by somebody. The garbage collector knows the latter; it runs if there are such nodes.
   */
  boolean isAwaited() {
    if (waiting.get() == 0) {
      return false;
    }
    var held = new WeakReference<>(waiting);
    waiting = null;
    System.gc();
    AtomicInteger left = held.get();
    waiting = left == null ? new AtomicInteger() : left;
    return left != null;
  }

  /** The tensor whose gradient is collected. */
  public Tensor leaf() {
    return leaf;
  }

  @Override
  public Shape shape() {
    return leaf.shape();
  }

  @Override
  DType dtype(int output) {
    return leaf.dtype();
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    throw new IllegalStateException("a leaf is not computed");
  }

  @Override
  protected Tensor[] backward(Tensor gradient) {
    throw new IllegalStateException("a leaf has no inputs");
  }
}
