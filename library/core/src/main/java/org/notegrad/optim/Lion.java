package org.notegrad.optim;

import java.util.List;
import org.notegrad.Tensor;

/**
 * Lion (Chen and others, 2023, "Symbolic discovery of optimization algorithms", algorithm 2): every
 * element steps by the learning rate, in the direction of {@code sign(beta1 m + (1 - beta1) g)};
 * then {@code m = beta2 m + (1 - beta2) g}. Weights decay apart from the gradient, as AdamW's. One
 * state tensor, half of Adam's.
 */
public final class Lion extends Optimizer<LionConfig> {
  /** The defaults, with this learning rate: 3 to 10 times below Adam's, says the paper. */
  public Lion(List<Tensor> parameters, double learningRate) {
    this(parameters, LionConfig.of(learningRate));
  }

  /**
   * Lion with these settings.
   *
   * @param parameters leaves of a floating type, each once; frozen ones are skipped
   * @throws org.notegrad.NotegradException if there are none, or one is no such leaf
   */
  public Lion(List<Tensor> parameters, LionConfig config) {
    this(List.of(ParameterGroup.of(parameters, config)));
  }

  /** Lion with settings for each group. */
  public Lion(List<ParameterGroup<LionConfig>> groups) {
    super(groups);
  }

  /** The running mean of the gradients. */
  @Override
  protected List<String> stateNames(LionConfig config) {
    return List.of("exp_avg");
  }

  @Override
  protected double[] numbers(LionConfig config, long step) {
    return new double[] {
      1 - config.learningRate() * config.weightDecay(),
      config.beta1(),
      1 - config.beta1(),
      -config.learningRate(),
      config.beta2(),
      1 - config.beta2()
    };
  }

  @Override
  protected void rule(
      LionConfig config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers) {
    Tensor mean = state[0];
    if (config.weightDecay() != 0) {
      parameter.mulInPlace(numbers[0]);
    }
    Tensor direction = mean.mul(numbers[1]).add(gradient.mul(numbers[2])).sign();
    parameter.addInPlace(direction.mul(numbers[3]));
    mean.mulInPlace(numbers[4]).addInPlace(gradient.mul(numbers[5]));
  }
}
