package org.notegrad.optim;

/**
 * Settings of {@link SGD}.
 *
 * @param learningRate the step's size
 * @param momentum how much of the last velocity stays; 0 by default
 * @param dampening how much of the gradient is held back from the velocity; 0 by default
 * @param weightDecay the factor of an L2 penalty's gradient; 0 by default
 * @param nesterov whether to step along the gradient plus the next velocity; false by default
 * @param maximize whether to climb; false by default
 */
public record SGDConfig(
    double learningRate,
    double momentum,
    double dampening,
    double weightDecay,
    boolean nesterov,
    boolean maximize) {
  public SGDConfig {
    Checks.notNegative("SGD", "learning rate", learningRate);
    Checks.notNegative("SGD", "momentum", momentum);
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

  public SGDConfig momentum(double momentum) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  public SGDConfig dampening(double dampening) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  public SGDConfig weightDecay(double weightDecay) {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /** With Nesterov's momentum. */
  public SGDConfig withNesterov() {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, true, maximize);
  }

  /** Climbing instead of descending. */
  public SGDConfig maximizing() {
    return new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, true);
  }
}
