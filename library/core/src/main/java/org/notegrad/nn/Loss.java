package org.notegrad.nn;

import static java.util.Collections.singletonList;

import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/**
 * How far a prediction is from its target: a module from two tensors to a scalar. A subclass
 * defines {@link #compute}; everyone calls {@link #forward}.
 */
public abstract class Loss extends Module {
  /** The loss of {@code prediction}. */
  protected abstract Tensor compute(Tensor prediction, Tensor target);

  /** The loss of {@code prediction}, seen by hooks. */
  public final Tensor forward(Tensor prediction, Tensor target) {
    return call(in -> singletonList(compute(in.get(0), in.get(1))), prediction, target).getFirst();
  }

  /** Losses that go element by element broadcast nothing: a shape too many is a mistake. */
  final void requireAlike(Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(name(), prediction.shape(), target.shape(), "the shapes differ");
    }
  }
}
