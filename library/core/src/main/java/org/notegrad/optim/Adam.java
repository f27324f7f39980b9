package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1): {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v
 * + (1 - beta2) g^2}, {@code p = p - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)}.
 * With decoupled weight decay, AdamW (Loshchilov and Hutter, 2019).
 */
public final class Adam extends Optimizer<AdamConfig> {
  /** The defaults, with this learning rate. */
  public Adam(List<Tensor> parameters, double learningRate) {
    this(parameters, AdamConfig.of(learningRate));
  }

  /**
   * Adam with these settings.
   *
   * @param parameters leaves of a floating type, each once; frozen ones are skipped
   * @throws org.notegrad.NotegradException if there are none, or one is no such leaf
   */
  public Adam(List<Tensor> parameters, AdamConfig config) {
    this(List.of(ParameterGroup.of(parameters, config)));
  }

  /** Adam with settings for each group. */
  public Adam(List<ParameterGroup<AdamConfig>> groups) {
    super(groups);
  }

  /** The running means of the gradients and of their squares. */
  @Override
  protected List<String> stateNames(AdamConfig config) {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  protected double[] numbers(AdamConfig config, long step) {
    double decay = config.weightDecay();
    return new double[] {
      config.decoupled() ? 1 - config.learningRate() * decay : decay,
      staysNear(config) ? 1 - config.beta1() : config.beta1(),
      config.beta2(),
      1 - config.beta2(),
      Math.sqrt(1 - Math.pow(config.beta2(), step)),
      config.eps(),
      -config.learningRate() / (1 - Math.pow(config.beta1(), step))
    };
  }

  @Override
  protected void rule(
      AdamConfig config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    Tensor g = config.maximize() ? gradient.neg() : gradient;
    if (config.weightDecay() != 0 && config.decoupled()) {
      parameter.mulInPlace(numbers[0]);
    } else if (config.weightDecay() != 0) {
      g = g.add(parameter.mul(numbers[0]));
    }
    Tensor mean = state[0];
    Tensor square = state[1];
    if (staysNear(config)) {
      mean.addInPlace(g.sub(mean).mul(numbers[1]));
    } else {
      mean.copyInPlace(g.add(mean.sub(g).mul(numbers[1])));
    }
    square.mulInPlace(numbers[2]).addInPlace(g.mul(numbers[3]).mul(g));
    Tensor scale = square.sqrt().div(numbers[4]).add(numbers[5]);
    parameter.addInPlace(mean.mul(numbers[6]).div(scale));
  }

  /**
   * Whether the mean keeps more of itself than it takes of the gradient. The smaller part is added
   * to the larger one, so that a gradient far below the mean keeps its digits.
   */
  private static boolean staysNear(AdamConfig config) {
    return config.beta1() > 0.5;
  }
}
