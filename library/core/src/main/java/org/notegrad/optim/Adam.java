package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;
import org.notegrad.backend.Update;

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
    return update(config, step).numbers();
  }

  @Override
  protected void rule(
      AdamConfig config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    define(config, parameter, gradient, state, numbers);
  }

  private static void define(
      AdamConfig config, Tensor p, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    Tensor g = config.maximize() ? gradient.neg() : gradient;
    if (config.weightDecay() != 0 && config.decoupled()) {
      p.mulInPlace(numbers[0]);
    } else if (config.weightDecay() != 0) {
      g = g.add(p.mul(numbers[0]));
    }
    Tensor mean = state[0];
    Tensor square = state[1];
    // The smaller part is added to the larger one: what is far below the mean keeps its digits.
    if (config.beta1() > 0.5) {
      mean.addInPlace(g.sub(mean).mul(numbers[1]));
    } else {
      mean.copyInPlace(g.add(mean.sub(g).mul(numbers[1])));
    }
    square.mulInPlace(numbers[2]).addInPlace(g.mul(numbers[3]).mul(g));
    Tensor scale = square.sqrt().div(numbers[4]).add(numbers[5]);
    p.addInPlace(mean.mul(numbers[6]).div(scale));
  }

  @Override
  Step update(AdamConfig config, long step) {
    return new Step(
        config.learningRate(),
        config.beta1(),
        config.beta2(),
        config.eps(),
        config.weightDecay(),
        config.decoupled(),
        config.maximize(),
        config.learningRate() / (1 - Math.pow(config.beta1(), step)),
        Math.sqrt(1 - Math.pow(config.beta2(), step)));
  }

  /**
   * One step's numbers.
   *
   * @param stepSize the learning rate over the first bias correction, {@code lr / (1 - beta1^t)}
   * @param correction2 the root of the second bias correction, {@code sqrt(1 - beta2^t)}
   */
  public record Step(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      boolean maximize,
      double stepSize,
      double correction2)
      implements Update {
    @Override
    public void apply(Tensor parameter, Tensor gradient, Tensor[] state) {
      var config =
          new AdamConfig(learningRate, beta1, beta2, eps, weightDecay, decoupled, maximize);
      define(config, parameter, gradient, state, scalars(parameter, numbers()));
    }

    private double[] numbers() {
      return new double[] {
        decoupled ? 1 - learningRate * weightDecay : weightDecay,
        staysNear() ? 1 - beta1 : beta1,
        beta2,
        1 - beta2,
        correction2,
        eps,
        -stepSize
      };
    }

    /**
     * Whether the mean keeps more of itself than it takes of the gradient. The smaller part is
     * added to the larger one, so that a gradient far below the mean keeps its digits.
     */
    public boolean staysNear() {
      return beta1 > 0.5;
    }

    /** The next mean of the gradients: for kernels. */
    public double mean(double mean, double direction) {
      return staysNear()
          ? mean + (1 - beta1) * (direction - mean)
          : direction + beta1 * (mean - direction);
    }

    /** The gradient with its sign and an L2 penalty's part: for kernels. */
    public double direction(double gradient, double parameter) {
      return (maximize ? -gradient : gradient) + (decoupled ? 0 : weightDecay * parameter);
    }

    /** The parameter after decoupled weight decay: for kernels. */
    public double decayed(double parameter) {
      return decoupled ? parameter * (1 - learningRate * weightDecay) : parameter;
    }
  }
}
