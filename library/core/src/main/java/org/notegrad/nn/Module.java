package org.notegrad.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.notegrad.Handle;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * A part of a model: parameters, buffers and other modules inside, with their names, their state
 * and their mode. Most are a {@link Layer}, from one tensor to one tensor. A module of another
 * signature extends this class and defines a method {@code forward} of its own, which computes in
 * {@link #call}, so that hooks and summaries see it:
 *
 * <pre>{@code
 * class Attention extends Module {
 *   public Tensor forward(Tensor query, Tensor memory) {
 *     return call(in -> List.of(attend(in.get(0), in.get(1))), query, memory).getFirst();
 *   }
 * }
 * }</pre>
 */
public abstract class Module {
  /** Sees what goes into each call, and may replace it. */
  @FunctionalInterface
  public interface ForwardPreHook {
    /** Returns the inputs to compute with: {@code inputs}, or as many others. */
    List<Tensor> before(Module module, List<Tensor> inputs);
  }

  /** Sees what each call has computed, and may replace it. */
  @FunctionalInterface
  public interface ForwardHook {
    /** Returns the outputs of the call: {@code outputs}, or as many others. */
    List<Tensor> after(Module module, List<Tensor> inputs, List<Tensor> outputs);
  }

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private final List<ForwardPreHook> preHooks = new CopyOnWriteArrayList<>();
  private final List<ForwardHook> hooks = new CopyOnWriteArrayList<>();
  private boolean training = true;
  private boolean isChild;

  // ---- calls ----------------------------------------------------------------------------------

  /**
   * One call of this module: what hooks make of the inputs goes into {@code body}, what they make
   * of its outputs is returned.
   */
  protected final List<Tensor> call(UnaryOperator<List<Tensor>> body, Tensor... inputs) {
    List<Tensor> given = tensors("input", Arrays.asList(inputs), inputs.length);
    for (ForwardPreHook hook : preHooks) {
      given = tensors("input of a hook", hook.before(this, given), given.size());
    }
    List<Tensor> results = body.apply(given);
    List<Tensor> outputs = tensors("output", results, results == null ? 0 : results.size());
    for (ForwardHook hook : hooks) {
      outputs = tensors("output of a hook", hook.after(this, given, outputs), outputs.size());
    }
    return outputs;
  }

  private List<Tensor> tensors(String role, List<Tensor> tensors, int count) {
    if (tensors == null || tensors.size() != count) {
      throw new NotegradException(
          name(),
          "the list with the %s %s; %d tensor%s expected",
          role,
          tensors == null ? "is null" : "has " + tensors.size(),
          count,
          count == 1 ? "" : "s");
    }
    for (int i = 0; i < count; i++) {
      if (tensors.get(i) == null) {
        throw new NotegradException(name(), "%s %d is null", role, i);
      }
    }
    return List.copyOf(tensors);
  }

  /** Calls {@code hook} after each call of this module, until the handle is closed. */
  public final Handle registerForwardHook(ForwardHook hook) {
    ForwardHook registered = hook::after; // so that a hook registered twice is closed once
    hooks.add(registered);
    return () -> hooks.remove(registered);
  }

  /** Calls {@code hook} before each call of this module, until the handle is closed. */
  public final Handle registerForwardPreHook(ForwardPreHook hook) {
    ForwardPreHook registered = hook::before;
    preHooks.add(registered);
    return () -> preHooks.remove(registered);
  }

  // ---- what is inside -------------------------------------------------------------------------

  /**
   * Registers a tensor to be trained, under a name of its own. Returns it.
   *
   * @throws NotegradException if the name is taken, empty or has a dot, or the tensor is null, has
   *     no floating type or is the result of an operation
   */
  protected final Tensor parameter(String name, Tensor tensor) {
    add(name, tensor, parameters);
    tensor.requiresGrad(true);
    return tensor;
  }

  /** Registers a tensor that is saved with the model but not trained. Returns it. */
  protected final Tensor buffer(String name, Tensor tensor) {
    add(name, tensor, buffers);
    return tensor;
  }

  /**
   * Registers a module inside this one. Returns it.
   *
   * @throws NotegradException if the name is taken, empty or has a dot, or the module is null or
   *     has this one in it
   */
  protected final <M extends Module> M child(String name, M module) {
    add(name, module, children);
    if (module == this || isChild && ModuleTree.holds(module, this)) {
      children.remove(name);
      throw new NotegradException(
          name(), "'%s' is a module in which this one is: a model would have no end", name);
    }
    ((Module) module).isChild = true;
    return module;
  }

  private <T> void add(String name, T part, Map<String, T> to) {
    if (name == null || name.isEmpty() || name.contains(".")) {
      throw new NotegradException(name(), "'%s' is no name: it is empty or has a dot", name);
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
      throw new NotegradException(name(), "'%s' is registered twice", name);
    }
    if (part == null) {
      throw new NotegradException(name(), "'%s' is null", name);
    }
    to.put(name, part);
  }

  /** The modules directly inside this one, by name, in the order of registration. */
  public final Map<String, Module> children() {
    return Collections.unmodifiableMap(children);
  }

  /** The parameters of this module alone, by name. */
  public final Map<String, Tensor> ownParameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** The buffers of this module alone, by name. */
  public final Map<String, Tensor> ownBuffers() {
    return Collections.unmodifiableMap(buffers);
  }

  /** This module and all inside, each once, parents before what is in them. */
  public final List<Module> modules() {
    return ModuleTree.modules(this);
  }

  /**
   * All parameters, those of modules inside under names such as {@code "0.weight"}; a shared one
   * stands once.
   */
  public final Map<String, Tensor> namedParameters() {
    return ModuleTree.parameters(this);
  }

  /** All parameters: what an optimizer takes. */
  public final List<Tensor> parameters() {
    return List.copyOf(namedParameters().values());
  }

  // ---- state ----------------------------------------------------------------------------------

  /**
   * Parameters and buffers by name, as they are now: copies, which no later step changes (PyTorch's
   * share the model's memory). A shared one stands under each of its names.
   */
  public final Map<String, Tensor> stateDict() {
    return ModuleTree.copy(this);
  }

  /**
   * Copies values into the parameters and buffers of the same names.
   *
   * @throws NotegradException if a name is missing or unknown, or a shape differs; nothing is
   *     changed then
   */
  public final void loadStateDict(Map<String, Tensor> state) {
    ModuleTree.load(this, state);
  }

  // ---- modes ----------------------------------------------------------------------------------

  /** Sets this module and all inside to training: dropout drops. Returns this. */
  public Module train() {
    modules().forEach(module -> module.training = true);
    return this;
  }

  /** Sets this module and all inside to evaluation. Returns this. */
  public Module eval() {
    modules().forEach(module -> module.training = false);
    return this;
  }

  /** Whether this module is in training, as it is from the start. */
  public final boolean isTraining() {
    return training;
  }

  /**
   * What {@code body} returns with this module and all inside in evaluation; then each is in its
   * own mode again.
   */
  public final <T> T evaluating(Supplier<T> body) {
    List<Module> modules = modules();
    List<Module> trained = modules.stream().filter(Module::isTraining).toList();
    modules.forEach(module -> module.training = false);
    try {
      return body.get();
    } finally {
      trained.forEach(module -> module.training = true);
    }
  }

  /** Excludes all parameters from training; optimizers skip them. Returns this. */
  public Module freeze() {
    parameters().forEach(parameter -> parameter.requiresGrad(false));
    return this;
  }

  /** Trains all parameters again. Returns this. */
  public Module unfreeze() {
    parameters().forEach(parameter -> parameter.requiresGrad(true));
    return this;
  }

  // ---- text -----------------------------------------------------------------------------------

  /** The class's name: what errors and summaries show. */
  public String name() {
    return getClass().getSimpleName();
  }

  /**
   * The settings that summaries show in brackets, as {@code "64 -> 128"}; empty if there are none.
   */
  public String describe() {
    return "";
  }

  /** The tree of modules, as PyTorch prints it. */
  @Override
  public final String toString() {
    List<String> lines = new ArrayList<>();
    children.forEach((name, module) ->
        lines.add("\n  (%s): %s".formatted(name, module.toString().replace("\n", "\n  "))));
    String end = lines.isEmpty() ? ")" : "\n)";
    return name() + "(" + describe() + String.join("", lines) + end;
  }
}
