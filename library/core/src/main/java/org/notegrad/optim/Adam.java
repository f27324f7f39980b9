package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;
import org.notegrad.backend.Update;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1): {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v
 * + (1 - beta2) g^2}, {@code p = p - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)}.
 * With decoupled weight decay, AdamW (Loshchilov and Hutter, 2019).
 */
public final class Adam extends Optimizer {
  private final AdamConfig config;

  /** The defaults, with this learning rate. */
  public Adam(List<Tensor> parameters, double learningRate) {
    this(parameters, AdamConfig.of(learningRate));
  }

  /**
   * Adam with these settings.
   *
   * @param parameters leaves that require gradients, each once
   * @throws org.notegrad.NotegradException if there are none, or one is no such leaf
   */
  public Adam(List<Tensor> parameters, AdamConfig config) {
    super(parameters, config.learningRate());
    this.config = config;
  }

  @Override
  protected Tensor[] newState(Tensor parameter) {
    return new Tensor[] {Tensor.zerosLike(parameter), Tensor.zerosLike(parameter)};
  }

  @Override
  protected Update update(long step) {
    return new Step(
        learningRate(),
        config.beta1(),
        config.beta2(),
        config.eps(),
        config.weightDecay(),
        config.decoupled(),
        config.maximize(),
        learningRate() / (1 - Math.pow(config.beta1(), step)),
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
      Tensor g = maximize ? gradient.neg() : gradient;
      if (weightDecay != 0 && decoupled) {
        parameter.mulInPlace(1 - learningRate * weightDecay);
      } else if (weightDecay != 0) {
        g = g.add(parameter.mul(weightDecay));
      }
      Tensor mean = state[0];
      Tensor square = state[1];
      if (staysNear()) {
        mean.addInPlace(g.sub(mean), 1 - beta1);
      } else {
        mean.copyInPlace(g.add(mean.sub(g).mul(beta1)));
      }
      square.mulInPlace(beta2).addInPlace(g.square(), 1 - beta2);
      Tensor scale = square.sqrt().div(correction2).add(eps);
      parameter.addInPlace(mean.div(scale), -stepSize);
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
