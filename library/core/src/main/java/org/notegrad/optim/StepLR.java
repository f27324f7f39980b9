package org.notegrad.optim;

import java.util.Map;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * Multiplies the learning rate of each group by {@code gamma} at every {@code size}-th step: {@code
 * lr(t) = lr(0) * gamma^floor(t / size)}. It multiplies what the rate is then, so that other
 * schedules may act beside it. As PyTorch's.
 */
public final class StepLR implements LRScheduler {
  private final Optimizer<?> optimizer;
  private final int size;
  private final double gamma;
  private long steps;

  /**
   * @param size how many steps one learning rate lasts, 1 or more
   * @param gamma what it is multiplied by then, 0 or more; 0.1 is usual
   * @throws NotegradException if one is outside its range
   */
  public StepLR(Optimizer<?> optimizer, int size, double gamma) {
    Checks.that("StepLR", size >= 1, "size %d; at least 1 expected", size);
    Checks.notNegative("StepLR", "gamma", gamma);
    this.optimizer = optimizer;
    this.size = size;
    this.gamma = gamma;
  }

  @Override
  public void step() {
    steps++;
    if (steps % size == 0) {
      for (int g = 0; g < optimizer.groups().size(); g++) {
        optimizer.setLearningRate(g, optimizer.learningRate(g) * gamma);
      }
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> stateDict() {
    return Map.of("step", Tensor.fromArray(new long[] {steps}, new int[0]));
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    steps = existing("StepLR", state, "step").itemLong();
  }

  static Tensor existing(String schedule, Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    if (tensor == null) {
      throw new NotegradException(schedule, "loadStateDict: %s is missing", name);
    }
    return tensor;
  }

  @Override
  public String toString() {
    return "StepLR(every %d steps by %s, step %d, learning rate %s)"
        .formatted(size, gamma, steps, optimizer.learningRate());
  }
}
