package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;
import org.notegrad.backend.Update;

/**
 * Stochastic gradient descent, with momentum if asked: {@code v = momentum v + (1 - dampening) g},
 * {@code p = p - lr v} (the first step has {@code v = g}). Nesterov's form steps along {@code g +
 * momentum v}. As PyTorch's; Sutskever and others (2013) put the learning rate inside v instead.
 */
public final class SGD extends Optimizer {
  private final SGDConfig config;

  /** Plain gradient descent with this learning rate. */
  public SGD(List<Tensor> parameters, double learningRate) {
    this(parameters, SGDConfig.of(learningRate));
  }

  /**
   * SGD with these settings.
   *
   * @param parameters leaves that require gradients, each once
   * @throws org.notegrad.NotegradException if there are none, or one is no such leaf
   */
  public SGD(List<Tensor> parameters, SGDConfig config) {
    super(parameters, config.learningRate());
    this.config = config;
  }

  @Override
  protected Tensor[] newState(Tensor parameter) {
    return config.momentum() == 0 ? new Tensor[0] : new Tensor[] {Tensor.zerosLike(parameter)};
  }

  @Override
  protected Update update(long step) {
    return new Step(
        learningRate(),
        config.momentum(),
        step == 1 ? 0 : config.dampening(),
        config.weightDecay(),
        config.nesterov(),
        config.maximize());
  }

  /** One step's numbers. The first step has no dampening, so that its velocity is the gradient. */
  public record Step(
      double learningRate,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize)
      implements Update {
    @Override
    public void apply(Tensor parameter, Tensor gradient, Tensor[] state) {
      Tensor g = maximize ? gradient.neg() : gradient;
      if (weightDecay != 0) {
        g = g.add(parameter.mul(weightDecay));
      }
      if (state.length > 0) {
        state[0].mulInPlace(momentum).addInPlace(g, 1 - dampening);
        g = nesterov ? g.add(state[0].mul(momentum)) : state[0];
      }
      parameter.addInPlace(g, -learningRate);
    }

    /** The gradient with its sign and weight decay: for kernels. */
    public double direction(double gradient, double parameter) {
      return (maximize ? -gradient : gradient) + weightDecay * parameter;
    }

    /** The next velocity: for kernels. */
    public double velocity(double velocity, double direction) {
      return momentum * velocity + (1 - dampening) * direction;
    }
  }
}
