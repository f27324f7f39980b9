package org.notegrad;

import java.util.List;
import org.notegrad.ops.Creation;
import org.notegrad.ops.Operation;

/**
 * The gradient of a tensor of which parts were picked: zeros, or what came otherwise, with the
 * parts' gradients added in their places.
 */
final class Whole extends Operation {
  private final Shape shape;
  private final List<PartNode> parts;
  private final boolean writesBase;

  /**
   * Of {@code shape}, for parts' gradients as inputs; one input more, at the end, is what they are
   * added to.
   *
   * @param writesBase whether that one is the walk's own, to be added to in place
   */
  Whole(Shape shape, List<PartNode> parts, boolean writesBase) {
    super("whole");
    this.shape = shape;
    this.parts = parts;
    this.writesBase = writesBase;
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    Tensor whole = base(inputs);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).addTo(whole, inputs[i]);
    }
    return whole;
  }

  private Tensor base(Tensor[] inputs) {
    if (inputs.length == parts.size()) {
      return Creation.empty(inputs[0].dtype(), shape, inputs[0]);
    }
    Tensor base = inputs[parts.size()];
    return writesBase ? base : base.clone();
  }

  @Override
  protected Tensor[] backward(Tensor gradient) {
    Tensor[] gradients = new Tensor[inputs().size()];
    for (int i = 0; i < gradients.length; i++) {
      if (needs(i)) {
        gradients[i] = i < parts.size() ? parts.get(i).pick(gradient) : gradient;
      }
    }
    return gradients;
  }
}
