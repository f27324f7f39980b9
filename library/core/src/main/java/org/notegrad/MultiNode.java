package org.notegrad;

/**
 * An operation of several outputs: {@link #forwardAll} and {@link #backwardAll} take the places of
 * {@link Node#forward} and {@link Node#backward}, everything else is a {@link Node}'s. Outputs that
 * are not real (indices, say) have no gradient.
 */
public abstract class MultiNode extends Node {
  private Shape[] shapes = {};
  private DType[] dtypes = {};

  protected MultiNode(String name) {
    super(name);
  }

  /** Computes the outputs; see {@link Node#forward}. */
  protected abstract Tensor[] forwardAll(Tensor... inputs);

  /**
   * The gradients of the inputs; see {@link Node#backward}.
   *
   * @param gradients those of the outputs, in their order; null where none came, which is a
   *     gradient of zeros
   */
  protected abstract Tensor[] backwardAll(Tensor[] gradients);

  @Override
  protected final Tensor forward(Tensor... inputs) {
    throw new IllegalStateException(name() + " has several outputs");
  }

  @Override
  protected final Tensor[] backward(Tensor gradient) {
    throw new IllegalStateException(name() + " has several outputs");
  }

  void describe(Tensor[] outputs) {
    shapes = new Shape[outputs.length];
    dtypes = new DType[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      shapes[i] = outputs[i].shape();
      dtypes[i] = outputs[i].dtype();
    }
  }

  @Override
  public Shape shape() {
    return shapes.length == 0 ? null : shapes[0];
  }

  @Override
  public int outputs() {
    return shapes.length;
  }

  @Override
  public Shape shape(int output) {
    return shapes[output];
  }

  @Override
  DType dtype(int output) {
    return dtypes[output];
  }
}
