package org.notegrad.optim;

import java.util.Map;
import org.notegrad.Tensor;

/**
 * Sets an optimizer's learning rates as training goes on. Made after its optimizer, it sets those
 * of the first epoch; call {@link #step} at each epoch's end (or, for a schedule in steps, after
 * each {@link Optimizer#step}).
 */
public interface LRScheduler {
  /** Sets the learning rates of the next epoch. */
  void step();

  /** How often {@link #step} was called. */
  long steps();

  /** What is needed to go on, copied; the learning rates themselves are in the optimizer's. */
  Map<String, Tensor> stateDict();

  /**
   * Goes on from where {@link #stateDict} was taken. Load the optimizer's, too.
   *
   * @throws org.notegrad.NotegradException if a name is missing; nothing is changed then
   */
  void loadStateDict(Map<String, Tensor> state);
}
