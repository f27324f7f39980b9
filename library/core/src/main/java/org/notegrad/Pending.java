package org.notegrad;

import java.util.ArrayList;
import java.util.List;

/** The gradient of one output of a node, as it comes together in a walk. */
final class Pending {
  private final Shape shape;
  private final boolean recording;
  private Tensor sum;
  private boolean owned;
  private List<PartNode> parts; // null while there are none
  private List<Tensor> gradients; // of the parts

  Pending(Shape shape, boolean recording) {
    this.shape = shape;
    this.recording = recording;
  }

  /**
   * Adds a gradient.
   *
   * @param own whether nobody else holds it, so that it may be written
   */
  void add(Tensor gradient, boolean own) {
    if (sum == null) {
      sum = gradient;
      owned = own;
    } else if (owned) {
      sum.addInPlace(gradient);
    } else if (own) {
      sum = gradient.addInPlace(sum);
      owned = true;
    } else {
      sum = sum.add(gradient);
      owned = !recording;
    }
  }

  /** Adds the gradient of a part of the output. */
  void add(PartNode part, Tensor gradient) {
    if (parts == null) {
      parts = new ArrayList<>();
      gradients = new ArrayList<>();
    }
    parts.add(part);
    gradients.add(gradient);
  }

  /** All that was added. Ends the collection: {@link #owned} then speaks of this tensor. */
  Tensor total(Graph graph) {
    if (parts != null) {
      if (sum != null) {
        gradients.add(sum);
      }
      sum = Node.apply(new Whole(shape, parts, owned), gradients.toArray(Tensor[]::new));
      owned = !recording;
      if (graph == Graph.FREE) {
        parts.forEach(Node::free);
      }
      parts = null;
    }
    return sum;
  }

  /** Whether nobody but the walk holds the total. */
  boolean owned() {
    return owned;
  }
}
