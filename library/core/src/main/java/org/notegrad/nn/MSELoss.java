package org.notegrad.nn;

import java.util.List;
import org.notegrad.Functional;
import org.notegrad.Tensor;

/**
 * The mean of the squared differences: {@code forward(prediction, target)}, of one shape, gives a
 * scalar.
 */
public final class MSELoss extends Module {
  @Override
  protected Tensor compute(List<Tensor> inputs) {
    Losses.requireTwo(name(), inputs);
    return Functional.mseLoss(inputs.get(0), inputs.get(1));
  }
}
