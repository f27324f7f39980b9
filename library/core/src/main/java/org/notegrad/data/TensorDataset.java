package org.notegrad.data;

import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/**
 * Examples that lie in two tensors, one row each. The tensors are not copied: what is written into
 * them later is in the data set.
 */
public final class TensorDataset implements Dataset {
  private final Batch all;

  /**
   * These examples.
   *
   * @param x the inputs, {@code (n, ...)}
   * @param y the targets, {@code (n, ...)}
   * @throws NotegradException if one is null, or they differ in number
   */
  public TensorDataset(Tensor x, Tensor y) {
    if (x == null || y == null) {
      throw new NotegradException(
          "TensorDataset", "the %s are null", x == null ? "inputs" : "targets");
    }
    if (x.rank() == 0 || y.rank() == 0 || x.size(0) != y.size(0)) {
      throw new ShapeException(
          "TensorDataset", x.shape(), y.shape(), "as many inputs as targets expected");
    }
    this.all = new Batch(x.detach(), y.detach());
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public Batch get(Tensor indices) {
    return new Batch(all.x().indexSelect(0, indices), all.y().indexSelect(0, indices));
  }

  @Override
  public Batch all() {
    return all;
  }

  /** What it holds: {@code TensorDataset(x float32 (1438, 64), y int64 (1438,))}. */
  @Override
  public String toString() {
    return "TensorDataset(x %s %s, y %s %s)"
        .formatted(all.x().dtype(), all.x().shape(), all.y().dtype(), all.y().shape());
  }
}
