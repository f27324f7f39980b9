package org.notegrad;

import org.notegrad.backend.Operand;
import org.notegrad.backend.Packed;

/**
 * A weight {@code (out, in)} that many products use before it changes, as a recurrent layer's in
 * each step of a sequence: it is brought into the order in which products read it once, not in each
 * of them. {@link Functional#linear(Tensor, PackedWeight, Tensor)} gives the same bits and
 * gradients as with the weight itself; a weight that was written to meanwhile is packed again. It
 * keeps a second copy of the weight while it lives.
 */
public final class PackedWeight {
  private record Order(Operand weight, int version, Packed packed) {}

  private final Tensor weight;
  private volatile Order order;

  private PackedWeight(Tensor weight) {
    this.weight = weight;
  }

  /**
   * @param weight {@code (out, in)}, float32 or float64
   */
  public static PackedWeight of(Tensor weight) {
    if (weight.rank() != 2) {
      throw new ShapeException("PackedWeight", weight.shape(), "a weight of (out, in) expected");
    }
    if (!weight.dtype().isFloating()) {
      throw new NotegradException(
          "PackedWeight", "a weight of %s; real numbers expected", weight.dtype());
    }
    return new PackedWeight(weight);
  }

  /** The weight that was handed over. */
  public Tensor weight() {
    return weight;
  }

  /** The weight as its backend packs it: for operations. */
  public Packed packed() {
    Operand operand = Operand.of(weight);
    int version = weight.version();
    Order known = order;
    if (known == null || known.version != version || !known.weight.equals(operand)) {
      known = new Order(operand, version, operand.backend().pack(operand));
      order = known;
    }
    return known.packed;
  }
}
