package org.notegrad.optim;

/**
 * Settings of an optimizer for a group of parameters: a record, whose methods give a copy with one
 * setting changed. What they have in common is a learning rate.
 *
 * @param <C> the record itself
 */
public interface OptimizerConfig<C extends OptimizerConfig<C>> {
  /** The step's size. */
  double learningRate();

  /**
   * These settings with another learning rate.
   *
   * @param learningRate 0 or more
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  C learningRate(double learningRate);
}
