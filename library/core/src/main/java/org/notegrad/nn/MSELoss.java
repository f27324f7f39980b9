package org.notegrad.nn;

import org.notegrad.Functional;
import org.notegrad.Tensor;

/**
 * The mean of the squared differences: {@code forward(prediction, target)}, of one shape, gives a
 * scalar.
 */
public final class MSELoss extends Loss {
  @Override
  protected Tensor compute(Tensor prediction, Tensor target) {
    return Functional.mseLoss(prediction, target);
  }
}
