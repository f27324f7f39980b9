package org.notegrad.optim;

/**
 * Settings of {@link Adam}.
 *
 * @param learningRate the step's size; 1e-3 by default
 * @param beta1 how much of the mean gradient stays; 0.9 by default
 * @param beta2 how much of the mean squared gradient stays; 0.999 by default
 * @param eps added to the root, so that nothing is divided by 0; 1e-8 by default
 * @param weightDecay the factor of an L2 penalty's gradient, or of the decoupled decay; 0 by
 *     default
 * @param decoupled whether weights decay apart from the gradient (AdamW); false by default
 * @param maximize whether to climb; false by default
 */
public record AdamConfig(
    double learningRate,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean decoupled,
    boolean maximize) {
  public AdamConfig {
    Checks.notNegative("Adam", "learning rate", learningRate);
    Checks.fraction("Adam", "beta1", beta1);
    Checks.fraction("Adam", "beta2", beta2);
    Checks.notNegative("Adam", "eps", eps);
    Checks.notNegative("Adam", "weight decay", weightDecay);
  }

  /** The defaults. */
  public static AdamConfig defaults() {
    return of(1e-3);
  }

  /** The defaults, with this learning rate. */
  public static AdamConfig of(double learningRate) {
    return new AdamConfig(learningRate, 0.9, 0.999, 1e-8, 0, false, false);
  }

  public AdamConfig betas(double beta1, double beta2) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
  }

  public AdamConfig eps(double eps) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
  }

  /** An L2 penalty, as in the first paper. */
  public AdamConfig weightDecay(double weightDecay) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, false, maximize);
  }

  /** AdamW: weights decay by {@code learningRate * weightDecay}, apart from the gradient. */
  public AdamConfig decoupledWeightDecay(double weightDecay) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, true, maximize);
  }

  /** Climbing instead of descending. */
  public AdamConfig maximizing() {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, true);
  }
}
