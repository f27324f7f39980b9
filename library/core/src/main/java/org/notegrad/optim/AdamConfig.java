package org.notegrad.optim;

/**
 * Settings of {@link Adam}. Their defaults are those that Kingma and Ba (2015) give with algorithm
 * 1, and PyTorch's.
 *
 * @param learningRate the step's size, 0 or more; 1e-3 by default
 * @param beta1 how much of the mean gradient stays, in [0, 1); 0.9 by default
 * @param beta2 how much of the mean squared gradient stays, in [0, 1); 0.999 by default
 * @param eps added to the root, so that nothing is divided by 0; 0 or more; 1e-8 by default
 * @param weightDecay the factor of an L2 penalty's gradient, or of the decoupled decay; 0 or more;
 *     0 by default
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
    boolean maximize)
    implements OptimizerConfig<AdamConfig> {
  /**
   * Takes all settings; {@link #of} and the methods after it name them.
   *
   * @throws org.notegrad.NotegradException if one is outside its range
   */
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

  @Override
  public AdamConfig learningRate(double learningRate) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
  }

  /**
   * How much of the running means stays in a step: about {@code 1 / (1 - beta)} steps count.
   *
   * @param beta1 of the gradient's mean, in [0, 1); 0.9 by default; 0 is RMSProp with its bias
   *     corrected
   * @param beta2 of the squared gradient's mean, in [0, 1); 0.999 by default; less, such as 0.95,
   *     follows gradients that change in size
   * @throws org.notegrad.NotegradException if one is outside its range
   */
  public AdamConfig betas(double beta1, double beta2) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
  }

  /**
   * What is added to the root of the mean squared gradient, after its bias was corrected.
   *
   * @param eps 0 or more; 1e-8 by default; a larger one, such as 1e-4, makes steps smaller where
   *     gradients are small
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public AdamConfig eps(double eps) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
  }

  /**
   * An L2 penalty: {@code weightDecay * p} is added to the gradient, so that Adam scales it, too.
   * What PyTorch's Adam does; {@link #decoupledWeightDecay} is AdamW.
   *
   * @param weightDecay 0 or more; 0 by default
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public AdamConfig weightDecay(double weightDecay) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, false, maximize);
  }

  /**
   * AdamW (Loshchilov and Hutter, 2019): a step first takes {@code learningRate * weightDecay} of
   * each parameter off it, apart from the gradient.
   *
   * @param weightDecay 0 or more; PyTorch's AdamW has 0.01 by default
   * @throws org.notegrad.NotegradException if it is negative or not finite
   */
  public AdamConfig decoupledWeightDecay(double weightDecay) {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, true, maximize);
  }

  /** Climbing instead of descending. */
  public AdamConfig maximizing() {
    return new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, true);
  }
}
