package org.notegrad;

/** Where the graph ends: adds what arrives to a leaf's gradient. */
public final class AccumulateGrad extends Node {
  private final Tensor leaf;

  AccumulateGrad(Tensor leaf) {
    super("leaf");
    this.leaf = leaf;
    takeOrder();
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
