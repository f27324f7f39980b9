package org.notegrad.bench.fusion;

import java.util.List;
import org.notegrad.Autograd;
import org.notegrad.Tensor;
import org.notegrad.optim.AdamConfig;
import org.notegrad.optim.Optimizer;
import org.notegrad.optim.ParameterGroup;

/**
 * Optimizers that the library does not have: as a person writes them, and operation by operation.
 */
final class Optimizers {
  private Optimizers() {}

  /** A rule that can also be run as it stands, without a loop made of it. */
  abstract static class Own extends Optimizer<AdamConfig> {
    private final Tensor[] kept;
    private long steps;

    Own(Tensor parameter, AdamConfig config) {
      super(List.of(ParameterGroup.of(List.of(parameter), config)));
      kept =
          stateNames(config).stream().map(n -> Tensor.zerosLike(parameter)).toArray(Tensor[]::new);
    }

    /** One step, operation by operation, with a state of its own. */
    final void stepByOperations() {
      Tensor parameter = parameters().getFirst();
      double[] values = numbers(config(0), ++steps);
      Tensor[] numbers = new Tensor[values.length];
      for (int i = 0; i < values.length; i++) {
        numbers[i] = Tensor.scalar(parameter.dtype(), values[i]);
      }
      Autograd.noGrad(() -> rule(config(0), parameter, parameter.grad(), kept, numbers));
    }
  }

  /** Liu and others (2020): Adam whose first steps are as long as their variance allows. */
  static final class RAdam extends Own {
    RAdam(Tensor parameter, AdamConfig config) {
      super(parameter, config);
    }

    @Override
    protected List<String> stateNames(AdamConfig config) {
      return List.of("exp_avg", "exp_avg_sq");
    }

    /** Where the variance is unknown, the last number is 0 and the step is that of momentum. */
    @Override
    protected double[] numbers(AdamConfig config, long step) {
      double kept = Math.pow(config.beta2(), step);
      double most = 2 / (1 - config.beta2()) - 1;
      double length = most - 2 * step * kept / (1 - kept);
      double rate = config.learningRate() / (1 - Math.pow(config.beta1(), step));
      double rectified =
          length <= 5
              ? 0
              : Math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
      return new double[] {
        config.beta1(),
        1 - config.beta1(),
        config.beta2(),
        1 - config.beta2(),
        config.eps(),
        length <= 5 ? -rate : 0,
        -rate * rectified * Math.sqrt(1 - kept)
      };
    }

    @Override
    protected void rule(AdamConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] k) {
      Tensor mean = state[0].mulInPlace(k[0]).addInPlace(g.mul(k[1]));
      Tensor square = state[1].mulInPlace(k[2]).addInPlace(g.square().mul(k[3]));
      Tensor adaptive = mean.div(square.sqrt().add(k[4])).mul(k[6]);
      p.addInPlace(mean.mul(k[5]).add(adaptive));
    }
  }

  /**
   * AdamW (Loshchilov and Hutter, 2019) with the largest square so far (Reddi and others, 2018).
   */
  static final class AmsGradW extends Own {
    AmsGradW(Tensor parameter, AdamConfig config) {
      super(parameter, config);
    }

    @Override
    protected List<String> stateNames(AdamConfig config) {
      return List.of("exp_avg", "exp_avg_sq", "max_exp_avg_sq");
    }

    @Override
    protected double[] numbers(AdamConfig config, long step) {
      return new double[] {
        1 - config.learningRate() * config.weightDecay(),
        1 - config.beta1(),
        config.beta2(),
        1 - config.beta2(),
        Math.sqrt(1 - Math.pow(config.beta2(), step)),
        config.eps(),
        -config.learningRate() / (1 - Math.pow(config.beta1(), step))
      };
    }

    @Override
    protected void rule(AdamConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] k) {
      p.mulInPlace(k[0]);
      Tensor mean = state[0].addInPlace(g.sub(state[0]).mul(k[1]));
      Tensor square = state[1].mulInPlace(k[2]).addInPlace(g.square().mul(k[3]));
      Tensor most = state[2].copyInPlace(state[2].maximum(square));
      p.addInPlace(mean.mul(k[6]).div(most.sqrt().div(k[4]).add(k[5])));
    }
  }
}
