package org.notegrad.optim;

/**
 * Settings of {@link SGD}. Their meaning and defaults are PyTorch's; the learning rate has no
 * default.
 *
 * @param learningRate the step's size, 0 or more
 * @param momentum how much of the last velocity stays, 0 or more; 0 by default
 * @param dampening how much of the gradient is held back from the velocity; 0 by default
 * @param weightDecay the factor of an L2 penalty's gradient, 0 or more; 0 by default
 * @param nesterov whether to step along the gradient plus the next velocity; false by default
 * @param maximize whether to climb; false by default
 */
public record SGDConfig(
    double learningRate,
    double momentum,
    double dampening,
    double weightDecay,
    boolean nesterov,
    boolean maximize)
    implements OptimizerConfig<SGDConfig> {
  /**
   * Takes all settings; {@link #of} and the methods after it name them.
   *
   * @throws org.notegrad.NotegradException if one is outside its range, or Nesterov's momentum
   *     comes without momentum or with dampening
   */
  public SGDConfig {
    Checks.notNegative("SGD", "learning rate", learningRate);
    Checks.notNegative("SGD", "momentum", momentum);
    Checks.that("SGD", Double.isFinite(dampening), "dampening %s is not finite", dampening);
    Checks.notNegative("SGD", "weight decay", weightDecay);
    Checks.that(
        "SGD",
        !nesterov || momentum > 0 && dampening == 0,
        "nesterov needs momentum and no dampening");
  }

  /** Plain gradient descent. */
  public static SGDConfig of(double learningRate) {
    return new SGDConfig(learningRate, 0, 0, 0, false, false);
  }

  @Override
  public SGDConfig learningRate(double learningRate) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * How much of the last step's velocity stays (Polyak, 1964): steps along one direction grow up to
   * {@code 1 / (1 - momentum)} times as long.
   *
   * @param momentum 0 or more, below 1 for velocities that end; 0 by default, 0.9 is usual
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public SGDConfig momentum(double momentum) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * The share of the gradient that is held back from the velocity, from the second step on.
   *
   * @param dampening 0 by default; as much as the momentum makes the velocity a running mean
   * @throws org.notegrad.NotegradException if it is not finite, or not 0 with Nesterov's momentum
   */
  public SGDConfig dampening(double dampening) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * An L2 penalty: {@code weightDecay * p} is added to the gradient, ahead of momentum.
   *
   * @param weightDecay 0 or more; 0 by default
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public SGDConfig weightDecay(double weightDecay) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * With Nesterov's momentum, after Sutskever and others (2013).
   *
   * @throws org.notegrad.NotegradException unless there is momentum, and no dampening
   */
  public SGDConfig withNesterov() {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, true, maximize);
  }

  /** Climbing instead of descending. */
  public SGDConfig maximizing() {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, true);
  }
}
