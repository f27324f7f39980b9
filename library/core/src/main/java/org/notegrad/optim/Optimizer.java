package org.notegrad.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.notegrad.Autograd;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Update;

/**
 * Changes parameters by their gradients. An optimizer says what state it keeps for a parameter and
 * what a step does ({@link Update}); whether a step runs as that definition or as one fused kernel
 * is decided here.
 */
public abstract class Optimizer {
  private static final class Slot {
    Tensor[] state;
    long steps;
  }

  private final List<Tensor> parameters;
  private final Map<Tensor, Slot> slots = new IdentityHashMap<>();
  private double learningRate;

  /**
   * Takes the parameters that steps change.
   *
   * @param parameters leaves that require gradients, each once
   * @param learningRate the step's size
   * @throws NotegradException if there are none, or one is no such leaf or listed twice
   */
  protected Optimizer(List<Tensor> parameters, double learningRate) {
    if (parameters.isEmpty()) {
      throw new NotegradException(getClass().getSimpleName(), "no parameters to optimize");
    }
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor parameter : parameters) {
      if (!seen.add(parameter)) {
        throw new NotegradException(
            getClass().getSimpleName(),
            "a parameter of shape %s is listed twice",
            parameter.shape());
      }
      if (!parameter.isLeaf() || !parameter.requiresGrad()) {
        throw new NotegradException(
            getClass().getSimpleName(),
            "a parameter of shape %s is no leaf that requires a gradient",
            parameter.shape());
      }
    }
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
  }

  /** What is kept for a parameter between steps, at the start; contiguous. */
  protected abstract Tensor[] newState(Tensor parameter);

  /** What the {@code step}-th step of a parameter does, counted from 1. */
  protected abstract Update update(long step);

  /** The parameters that steps change, in the order given. */
  public List<Tensor> parameters() {
    return parameters;
  }

  /** The learning rate of the next step. */
  public double learningRate() {
    return learningRate;
  }

  /**
   * Sets the learning rate of the steps to come: what schedules do.
   *
   * @param learningRate 0 or more
   * @throws NotegradException if it is negative or not finite
   */
  public void setLearningRate(double learningRate) {
    Checks.notNegative(getClass().getSimpleName(), "learning rate", learningRate);
    this.learningRate = learningRate;
  }

  /**
   * Clears the gradients. Call it before each backward pass whose gradients should not add to the
   * last one's.
   */
  public void zeroGrad() {
    for (Tensor parameter : parameters) {
      parameter.setGrad(null);
    }
  }

  /** Changes every parameter that has a gradient. */
  public void step() {
    Autograd.noGrad(() -> {
      for (Tensor parameter : parameters) {
        if (parameter.grad() != null) {
          step(parameter);
        }
      }
    });
  }

  /** {@code Adam(4 parameter tensors, learning rate 0.003)}. */
  @Override
  public String toString() {
    return "%s(%d parameter tensors, learning rate %s)"
        .formatted(getClass().getSimpleName(), parameters.size(), learningRate);
  }

  private void step(Tensor parameter) {
    Slot slot = slots.computeIfAbsent(parameter, p -> new Slot());
    if (slot.state == null) {
      slot.state = newState(parameter);
    }
    Update update = update(++slot.steps);
    Operand operand = Operand.of(parameter);
    Operand[] state = Arrays.stream(slot.state).map(Operand::of).toArray(Operand[]::new);
    if (operand.backend().fused(update, operand, Operand.of(parameter.grad()), state)) {
      operand.storage().bumpVersion();
    } else {
      update.apply(parameter, parameter.grad(), slot.state);
    }
  }
}
