package org.notegrad.backend;

import org.notegrad.Tensor;

/**
 * One optimizer step of one parameter, with the step's numbers (learning rate, betas, ...) as its
 * fields.
 */
public interface Update {
  /**
   * The definition of the step, in tensor operations: changes {@code parameter} and {@code state}
   * in place. A fused kernel ({@link Backend#fused}) must give the same numbers up to rounding.
   */
  void apply(Tensor parameter, Tensor gradient, Tensor[] state);
}
