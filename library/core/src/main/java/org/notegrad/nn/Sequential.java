package org.notegrad.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * Layers one after the other, each taking the output of the one before. They are named "0", "1",
 * ...
 */
public final class Sequential extends Layer {
  private final List<Layer> layers = new ArrayList<>();

  /**
   * These layers, in this order.
   *
   * @throws NotegradException if one is null
   */
  public Sequential(Layer... layers) {
    if (layers == null) {
      throw new NotegradException("Sequential", "the layers are null");
    }
    for (int i = 0; i < layers.length; i++) {
      this.layers.add(child(Integer.toString(i), layers[i]));
    }
  }

  /** The layers, in order. */
  public List<Layer> layers() {
    return Collections.unmodifiableList(layers);
  }

  @Override
  protected Tensor compute(Tensor x) {
    Tensor out = x;
    for (Layer layer : layers) {
      out = layer.forward(out);
    }
    return out;
  }
}
