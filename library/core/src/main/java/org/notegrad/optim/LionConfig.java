package org.notegrad.optim;

/**
 * Settings of {@link Lion}. Their defaults are those of the paper.
 *
 * @param learningRate the step's size, 0 or more; 1e-4 by default
 * @param beta1 how much of the mean gradient is in a step's direction, in [0, 1); 0.9 by default
 * @param beta2 how much of the mean gradient stays, in [0, 1); 0.99 by default
 * @param weightDecay the factor of the decoupled decay; 0 or more; 0 by default
 */
public record LionConfig(double learningRate, double beta1, double beta2, double weightDecay)
    implements OptimizerConfig<LionConfig> {
  /**
   * Takes all settings; {@link #of} and the methods after it name them.
   *
   * @throws org.notegrad.NotegradException if one is outside its range
   */
  public LionConfig {
    Checks.notNegative("Lion", "learning rate", learningRate);
    Checks.fraction("Lion", "beta1", beta1);
    Checks.fraction("Lion", "beta2", beta2);
    Checks.notNegative("Lion", "weight decay", weightDecay);
  }

  /** The defaults. */
  public static LionConfig defaults() {
    return of(1e-4);
  }

  /** The defaults, with this learning rate. */
  public static LionConfig of(double learningRate) {
    return new LionConfig(learningRate, 0.9, 0.99, 0);
  }

  @Override
  public LionConfig learningRate(double learningRate) {
    return new LionConfig(learningRate, beta1, beta2, weightDecay);
  }

  /**
   * How much of the mean gradient is in a step's direction, and how much of it stays.
   *
   * @throws org.notegrad.NotegradException if one is not in [0, 1)
   */
  public LionConfig betas(double beta1, double beta2) {
    return new LionConfig(learningRate, beta1, beta2, weightDecay);
  }

  /**
   * What a step first takes off each parameter is {@code learningRate * weightDecay} of it.
   *
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public LionConfig weightDecay(double weightDecay) {
    return new LionConfig(learningRate, beta1, beta2, weightDecay);
  }
}
