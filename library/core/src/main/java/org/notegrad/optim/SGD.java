package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;

/**
 * Stochastic gradient descent, with momentum if asked: {@code v = momentum v + (1 - dampening) g},
 * {@code p = p - lr v} (the first step has {@code v = g}). Nesterov's form steps along {@code g +
 * momentum v}. As PyTorch's; Sutskever and others (2013) put the learning rate inside v instead.
 */
public final class SGD extends Optimizer<SGDConfig> {
  /** Plain gradient descent with this learning rate. */
  public SGD(List<Tensor> parameters, double learningRate) {
    this(parameters, SGDConfig.of(learningRate));
  }

  /**
   * SGD with these settings.
   *
   * @param parameters leaves of a floating type, each once; frozen ones are skipped
   * @throws org.notegrad.NotegradException if there are none, or one is no such leaf
   */
  public SGD(List<Tensor> parameters, SGDConfig config) {
    this(List.of(ParameterGroup.of(parameters, config)));
  }

  /** SGD with settings for each group. */
  public SGD(List<ParameterGroup<SGDConfig>> groups) {
    super(groups);
  }

  /** The velocity, where there is momentum. */
  @Override
  protected List<String> stateNames(SGDConfig config) {
    return config.momentum() == 0 ? List.of() : List.of("momentum_buffer");
  }

  /** The first step has no dampening, so that its velocity is the gradient. */
  @Override
  protected double[] numbers(SGDConfig config, long step) {
    double fresh = step == 1 ? 1 : 1 - config.dampening();
    return new double[] {config.weightDecay(), config.momentum(), fresh, -config.learningRate()};
  }

  @Override
  protected void rule(
      SGDConfig config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    Tensor g = config.maximize() ? gradient.neg() : gradient;
    if (config.weightDecay() != 0) {
      g = g.add(parameter.mul(numbers[0]));
    }
    if (state.length > 0) {
      Tensor velocity = state[0].mulInPlace(numbers[1]).addInPlace(g.mul(numbers[2]));
      g = config.nesterov() ? g.add(velocity.mul(numbers[1])) : velocity;
    }
    parameter.addInPlace(g.mul(numbers[3]));
  }
}
