package org.notegrad.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * Learning rates that are those at the start times a factor: {@code lr(t) = lr(0) * factor(t)}, for
 * each group. As PyTorch's.
 *
 * <pre>{@code
 * var warmUp = new LambdaLR(adam, t -> Math.min(1, (t + 1) / 100.0));
 * }</pre>
 */
public final class LambdaLR implements LRScheduler {
  private final Optimizer<?> optimizer;
  private final LongToDoubleFunction factor;
  private final List<Double> initial = new ArrayList<>();
  private long steps;

  /**
   * Takes the optimizer's present learning rates as those to multiply, and sets the first ones.
   *
   * @param factor of the number of steps made
   * @throws NotegradException if the factor makes a learning rate negative or not finite
   */
  public LambdaLR(Optimizer<?> optimizer, LongToDoubleFunction factor) {
    this.optimizer = optimizer;
    this.factor = factor;
    set(0);
  }

  @Override
  public void step() {
    set(steps + 1);
    steps++;
  }

  private void set(long step) {
    double by = factor.applyAsDouble(step);
    for (int g = 0; g < optimizer.groups().size(); g++) {
      if (g == initial.size()) { // a group that was added since
        initial.add(optimizer.learningRate(g));
      }
      optimizer.setLearningRate(g, initial.get(g) * by);
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> stateDict() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("step", Tensor.fromArray(new long[] {steps}, new int[0]));
    for (int g = 0; g < initial.size(); g++) {
      state.put("initial." + g, Tensor.scalar(DType.FLOAT64, initial.get(g)));
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    List<Double> loaded = new ArrayList<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      loaded.add(StepLR.existing("LambdaLR", state, "initial." + g).item());
    }
    steps = StepLR.existing("LambdaLR", state, "step").itemLong();
    initial.clear();
    initial.addAll(loaded);
  }

  @Override
  public String toString() {
    return "LambdaLR(step %d, learning rate %s)".formatted(steps, optimizer.learningRate());
  }
}
