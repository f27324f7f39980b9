package org.notegrad.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.Handle;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.ops.Elementwise;
import org.notegrad.ops.FusedRule;

/**
 * Changes parameters by their gradients. Parameters stand in groups, each with settings of its own.
 * A subclass says what it keeps for a parameter between steps ({@link #stateNames}), which numbers
 * a step needs ({@link #numbers}), and what the step does with them ({@link #rule}):
 *
 * <pre>{@code
 * public final class SignSGD extends Optimizer<SGDConfig> {
 *   public SignSGD(List<Tensor> parameters, SGDConfig config) {
 *     super(List.of(ParameterGroup.of(parameters, config)));
 *   }
 *
 *   protected List<String> stateNames(SGDConfig config) {
 *     return List.of();
 *   }
 *
 *   protected double[] numbers(SGDConfig config, long step) {
 *     return new double[] {-config.learningRate()};
 *   }
 *
 *   protected void rule(SGDConfig config, Tensor p, Tensor g, Tensor[] state, Tensor[] numbers) {
 *     p.addInPlace(g.sign().mul(numbers[0]));
 *   }
 * }
 * }</pre>
 *
 * <p>A frozen parameter, and one without a gradient, is left alone by a step. An optimizer belongs
 * to one thread at a time.
 *
 * @param <C> the settings
 */
public abstract class Optimizer<C extends OptimizerConfig<C>> {
  /** Sees a step. */
  @FunctionalInterface
  public interface StepHook {
    /** Called before or after each step, with the optimizer that takes it. */
    void at(Optimizer<?> optimizer);
  }

  private final List<Group<C>> groups = new ArrayList<>();
  private final Map<Tensor, ParameterState> states = new IdentityHashMap<>();
  private final List<StepHook> preHooks = new CopyOnWriteArrayList<>();
  private final List<StepHook> postHooks = new CopyOnWriteArrayList<>();

  /**
   * Takes the parameters that steps change.
   *
   * @throws NotegradException as {@link #addParameterGroup}, or if there are no parameters
   */
  protected Optimizer(List<ParameterGroup<C>> groups) {
    if (groups == null) {
      throw new NotegradException(name(), "the groups are null");
    }
    groups.forEach(this::addParameterGroup);
    if (parameters().isEmpty()) {
      throw new NotegradException(name(), "no parameters to optimize");
    }
  }

  // ---- what a subclass defines ----------------------------------------------------------------

  /** The names of the tensors that are kept for a parameter between steps, as PyTorch has them. */
  protected abstract List<String> stateNames(C config);

  /** A tensor of the state at the start: zeros of the parameter's shape and type. */
  protected Tensor newState(C config, String name, Tensor parameter) {
    return Tensor.zerosLike(parameter);
  }

  /**
   * The numbers of a parameter's {@code step}-th step, counted from 1: all that {@link #rule}
   * computes with. How many there are depends on no step and no learning rate.
   */
  protected abstract double[] numbers(C config, long step);

  /**
   * One step of one parameter, in elementwise tensor operations: changes {@code parameter} and
   * {@code state} in place and leaves {@code gradient} alone. A backend may turn the operations
   * into one loop, once for all steps. So they depend on {@code config} only, without its learning
   * rate; what changes from step to step is among the numbers.
   *
   * @param state the tensors of {@link #stateNames}, in that order
   * @param numbers those of {@link #numbers} as scalars of the parameter's type
   */
  protected abstract void rule(
      C config, Tensor parameter, Tensor gradient, Tensor[] state, Tensor[] numbers);

  // ---- parameters and settings ----------------------------------------------------------------

  /**
   * Adds parameters with settings of their own; the steps to come change them, too.
   *
   * @throws NotegradException if a parameter is no leaf, has no floating type, or is there already;
   *     nothing is added then
   */
  public final void addParameterGroup(ParameterGroup<C> group) {
    Map<Tensor, Boolean> seen = new IdentityHashMap<>();
    parameters().forEach(parameter -> seen.put(parameter, true));
    for (Tensor parameter : group.parameters()) {
      Checks.that(
          name(),
          seen.put(parameter, true) == null,
          "a parameter of shape %s is listed twice",
          parameter.shape());
      Checks.that(
          name(),
          parameter.isLeaf(),
          "a parameter of shape %s is no leaf: it is the result of %s",
          parameter.shape(),
          parameter.gradFn());
      Checks.that(
          name(),
          parameter.dtype().isFloating(),
          "a parameter of shape %s is %s, which has no gradients",
          parameter.shape(),
          parameter.dtype());
    }
    groups.add(new Group<>(group.parameters(), group.config()));
  }

  /** The groups with their present settings, in the order given. */
  public final List<ParameterGroup<C>> groups() {
    return groups.stream().map(group -> ParameterGroup.of(group.parameters, group.config)).toList();
  }

  /** The parameters of all groups, in the order given. */
  public final List<Tensor> parameters() {
    return groups.stream().flatMap(group -> group.parameters.stream()).toList();
  }

  /** The settings of group {@code group}'s next step. */
  public final C config(int group) {
    return group(group).config;
  }

  /**
   * Sets the settings of the steps to come. State that the old and the new settings share stays.
   *
   * @throws NotegradException if there is no such group
   */
  public final void setConfig(int group, C config) {
    Group<C> changed = group(group);
    changed.config = config;
    changed.rules.clear();
    List<String> names = stateNames(config);
    for (Tensor parameter : changed.parameters) {
      ParameterState kept = states.get(parameter);
      if (kept != null && !List.copyOf(kept.named().keySet()).equals(names)) {
        states.put(parameter, kept.with(state(config, parameter, kept.named())));
      }
    }
  }

  /** The learning rate of the next step: the first group's. */
  public final double learningRate() {
    return learningRate(0);
  }

  /** The learning rate of group {@code group}'s next step. */
  public final double learningRate(int group) {
    return group(group).config.learningRate();
  }

  /**
   * Sets the learning rate of all groups for the steps to come.
   *
   * @param learningRate 0 or more
   * @throws NotegradException if it is negative or not finite
   */
  public final void setLearningRate(double learningRate) {
    for (int i = 0; i < groups.size(); i++) {
      setLearningRate(i, learningRate);
    }
  }

  /** Sets the learning rate of one group for the steps to come: what schedules do. */
  public final void setLearningRate(int group, double learningRate) {
    Group<C> changed = group(group);
    changed.config = changed.config.learningRate(learningRate);
  }

  private Group<C> group(int group) {
    Checks.that(
        name(),
        group >= 0 && group < groups.size(),
        "group %d of %d, counted from 0",
        group,
        groups.size());
    return groups.get(group);
  }

  // ---- steps ----------------------------------------------------------------------------------

  /**
   * Clears the gradients. Call it before each backward pass whose gradients should not add to the
   * last one's.
   */
  public final void zeroGrad() {
    for (Group<C> group : groups) {
      for (Tensor parameter : group.parameters) {
        parameter.setGrad(null);
      }
    }
  }

  /** Changes every parameter that requires a gradient and has one. */
  public final void step() {
    preHooks.forEach(hook -> hook.at(this));
    Autograd.noGrad(() -> {
      for (Group<C> group : groups) {
        for (Tensor parameter : group.parameters) {
          if (parameter.requiresGrad() && parameter.grad() != null) {
            step(group, parameter);
          }
        }
      }
    });
    postHooks.forEach(hook -> hook.at(this));
  }

  private void step(Group<C> group, Tensor parameter) {
    ParameterState kept = states.get(parameter);
    if (kept == null) {
      kept = new ParameterState(parameter, state(group.config, parameter, Map.of()), 0);
      states.put(parameter, kept);
    }
    kept.follow(name(), parameter);
    run(group, kept.steps() + 1, parameter, kept.tensors());
    kept.stepped();
  }

  /** 16-bit parameters take their step in float32, and are rounded once. */
  private void run(Group<C> group, long step, Tensor parameter, Tensor[] state) {
    DType type = parameter.dtype().wide();
    if (type == parameter.dtype()) {
      run(group, step, parameter, parameter.grad(), state);
      return;
    }
    Tensor wide = parameter.to(type);
    Tensor[] wideState = new Tensor[state.length];
    for (int i = 0; i < state.length; i++) {
      wideState[i] = state[i].to(type);
    }
    run(group, step, wide, parameter.grad().to(type), wideState);
    parameter.copyInPlace(wide);
    for (int i = 0; i < state.length; i++) {
      state[i].copyInPlace(wideState[i]);
    }
  }

  /** As one loop, where the rule is elementwise; its definition gives the same bits. */
  private void run(Group<C> group, long step, Tensor parameter, Tensor gradient, Tensor[] state) {
    double[] numbers = numbers(group, step);
    FusedRule rule = group.rules.get(parameter.dtype());
    if (rule == null) {
      rule = trace(group.config, parameter.dtype(), state.length, numbers.length);
      group.rules.put(parameter.dtype(), rule);
    }
    if (!rule.run(parameter, gradient, state, rule.numbers(numbers))) {
      rule(group.config, parameter, gradient, state, scalars(parameter, numbers));
    }
  }

  /**
   * Traces the rule with two learning rates in turn. One that reads it, instead of a number, is
   * then seen to differ: it is not fused, and so goes on with the rate that is set.
   */
  private FusedRule trace(C config, DType type, int state, int numbers) {
    List<C> rates =
        new ArrayList<>(List.of(config, config.learningRate(1 + config.learningRate())));
    return FusedRule.of(
        name(),
        type,
        state,
        numbers,
        (p, g, kept, k) -> {
          rule(rates.getFirst(), p, g, kept, k);
          Collections.reverse(rates);
        });
  }

  private double[] numbers(Group<C> group, long step) {
    if (group.numbersStep != step || group.numbersConfig != group.config) {
      group.numbers = numbers(group.config, step);
      group.numbersStep = step;
      group.numbersConfig = group.config;
    }
    return group.numbers;
  }

  private static Tensor[] scalars(Tensor like, double[] numbers) {
    Tensor[] scalars = new Tensor[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      scalars[i] = Elementwise.number(like, like.dtype(), numbers[i]);
    }
    return scalars;
  }

  /**
   * For people: the loop that a step of a float32 parameter runs in each group, as text, and
   * whether the CPU runs it as scalars or as vectors now; or why it runs operation by operation.
   */
  public final String explain() {
    var text = new StringBuilder();
    for (Group<C> group : groups) {
      double[] numbers = numbers(group.config, 1);
      int state = stateNames(group.config).size();
      FusedRule rule =
          group.rules.computeIfAbsent(
              DType.FLOAT32, type -> trace(group.config, type, state, numbers.length));
      text.append(name()).append(", ").append(group.config).append('\n').append(rule.explain());
    }
    return text.toString();
  }

  /** Calls {@code hook} before each step, until the handle is closed; to clip gradients, say. */
  public final Handle registerStepPreHook(StepHook hook) {
    return register(preHooks, hook);
  }

  /** Calls {@code hook} after each step, until the handle is closed. */
  public final Handle registerStepPostHook(StepHook hook) {
    return register(postHooks, hook);
  }

  private static Handle register(List<StepHook> hooks, StepHook hook) {
    StepHook registered = hook::at; // so that a hook registered twice is closed once
    hooks.add(registered);
    return () -> hooks.remove(registered);
  }

  // ---- state ----------------------------------------------------------------------------------

  private SequencedMap<String, Tensor> state(C config, Tensor parameter, Map<String, Tensor> old) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    for (String name : stateNames(config)) {
      Tensor kept = old.get(name);
      state.put(name, kept != null ? kept : newState(config, name, parameter));
    }
    return state;
  }

  /**
   * What is kept for a parameter, by name: the tensors themselves, which the next step changes.
   * Empty before its first step.
   */
  public final Map<String, Tensor> state(Tensor parameter) {
    ParameterState kept = states.get(parameter);
    return kept == null ? Map.of() : Collections.unmodifiableMap(kept.named());
  }

  /** How many steps a parameter has made. */
  public final long steps(Tensor parameter) {
    ParameterState kept = states.get(parameter);
    return kept == null ? 0 : kept.steps();
  }

  /**
   * All that steps have left behind, copied: an optimizer of the same kind, groups and settings
   * that loads it goes on to the same bits. Of the settings it holds the learning rates, for those
   * change while training.
   *
   * @return {@code "groups.0.learningRate"}, a float64 scalar, for each group; {@code
   *     "state.0.step"}, an int64 scalar, and such as {@code "state.0.exp_avg"} for each parameter
   *     that has made a step, by its place in {@link #parameters}
   */
  public final Map<String, Tensor> stateDict() {
    return OptimizerState.of(this);
  }

  /**
   * Goes on from where {@link #stateDict} was taken. The values are copied.
   *
   * @throws NotegradException if a name is unknown or missing, or a shape or type differs; nothing
   *     is changed then
   */
  public final void loadStateDict(Map<String, Tensor> state) {
    new OptimizerState(name(), state).load(this);
  }

  /** Forgets what is kept for a parameter: its next step is its first. */
  public final void clearState(Tensor parameter) {
    states.remove(parameter);
  }

  /** What is kept for a parameter of group {@code group} before its first step. */
  final SequencedMap<String, Tensor> newState(int group, Tensor parameter) {
    return state(group(group).config, parameter, Map.of());
  }

  final void setState(Tensor parameter, SequencedMap<String, Tensor> state, long steps) {
    states.put(parameter, new ParameterState(parameter, state, steps));
  }

  /** The class's name: what errors show. */
  final String name() {
    return getClass().getSimpleName();
  }

  /**
   * {@code Adam(4 parameter tensors, learning rate 0.003)}, or {@code Adam(6 parameter tensors in 2
   * groups, learning rates 0.003, 0.001)}.
   */
  @Override
  public String toString() {
    List<String> rates = groups.stream().map(group -> "" + group.config.learningRate()).toList();
    return "%s(%d parameter tensors%s, learning rate%s %s)"
        .formatted(
            name(),
            parameters().size(),
            groups.size() == 1 ? "" : " in %d groups".formatted(groups.size()),
            groups.size() == 1 ? "" : "s",
            String.join(", ", rates));
  }
}
