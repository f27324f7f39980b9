package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;
import org.notegrad.backend.Update;

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

  @Override
  protected double[] numbers(SGDConfig config, long step) {
    return update(config, step).numbers();
  }

  @Override
  protected void rule(
      SGDConfig config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    define(config, parameter, gradient, state, numbers);
  }

  private static void define(
      SGDConfig config, Tensor p, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    Tensor g = config.maximize() ? gradient.neg() : gradient;
    if (config.weightDecay() != 0) {
      g = g.add(p.mul(numbers[0]));
    }
    if (state.length > 0) {
      Tensor velocity = state[0].mulInPlace(numbers[1]).addInPlace(g.mul(numbers[2]));
      g = config.nesterov() ? g.add(velocity.mul(numbers[1])) : velocity;
    }
    p.addInPlace(g.mul(numbers[3]));
  }

  @Override
  Step update(SGDConfig config, long step) {
    return new Step(
        config.learningRate(),
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
      var config =
          new SGDConfig(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
      define(config, parameter, gradient, state, scalars(parameter, numbers()));
    }

    private double[] numbers() {
      return new double[] {weightDecay, momentum, 1 - dampening, -learningRate};
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
