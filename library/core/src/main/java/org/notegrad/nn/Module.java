package org.notegrad.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.notegrad.Autograd;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/**
 * A part of a model: parameters, buffers, other modules inside, and a computation. A subclass
 * registers what it holds in its constructor and defines {@link #compute(Tensor)}; everyone calls
 * {@link #forward(Tensor)}.
 *
 * <pre>{@code
 * class Net extends Module {
 *   final Linear hidden = child("hidden", new Linear(64, 128));
 *   final Linear out = child("out", new Linear(128, 10));
 *
 *   protected Tensor compute(Tensor x) {
 *     return out.forward(hidden.forward(x).relu());
 *   }
 * }
 * }</pre>
 */
public abstract class Module {
  /** Sees each call of {@link #forward} after the computation. */
  @FunctionalInterface
  public interface ForwardHook {
    void after(Module module, List<Tensor> inputs, Tensor output);
  }

  /** Sees each call of {@link #forward} before the computation. */
  @FunctionalInterface
  public interface ForwardPreHook {
    void before(Module module, List<Tensor> inputs);
  }

  /** Takes a hook away again. */
  @FunctionalInterface
  public interface Handle extends AutoCloseable {
    @Override
    void close();
  }

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private final List<ForwardPreHook> preHooks = new CopyOnWriteArrayList<>();
  private final List<ForwardHook> hooks = new CopyOnWriteArrayList<>();
  private boolean training = true;

  /**
   * The output for one input. A module of several inputs defines {@link #compute(List)} instead.
   */
  protected Tensor compute(Tensor x) {
    throw new NotegradException(name(), "takes several inputs, got one of shape %s", x.shape());
  }

  /** The output for several inputs. */
  protected Tensor compute(List<Tensor> inputs) {
    if (inputs.size() == 1) {
      return compute(inputs.getFirst());
    }
    throw new NotegradException(name(), "takes one input, got %d", inputs.size());
  }

  /** Runs the module. */
  public final Tensor forward(Tensor x, Tensor... more) {
    if (preHooks.isEmpty() && hooks.isEmpty() && more.length == 0) {
      return compute(x);
    }
    List<Tensor> inputs = new ArrayList<>(1 + more.length);
    inputs.add(x);
    Collections.addAll(inputs, more);
    for (ForwardPreHook hook : preHooks) {
      hook.before(this, inputs);
    }
    Tensor output = compute(inputs);
    for (ForwardHook hook : hooks) {
      hook.after(this, inputs, output);
    }
    return output;
  }

  /** Calls {@code hook} after each forward pass, until the handle is closed. */
  public final Handle registerForwardHook(ForwardHook hook) {
    hooks.add(hook);
    return () -> hooks.remove(hook);
  }

  /** Calls {@code hook} before each forward pass, until the handle is closed. */
  public final Handle registerForwardPreHook(ForwardPreHook hook) {
    preHooks.add(hook);
    return () -> preHooks.remove(hook);
  }

  /** Registers a tensor to be trained, under a name of its own. Returns it. */
  protected final Tensor parameter(String name, Tensor tensor) {
    unused(name);
    parameters.put(name, tensor.requiresGrad(true));
    return tensor;
  }

  /** Registers a tensor that is saved with the model but not trained. Returns it. */
  protected final Tensor buffer(String name, Tensor tensor) {
    unused(name);
    buffers.put(name, tensor);
    return tensor;
  }

  /** Registers a module inside this one. Returns it. */
  protected final <M extends Module> M child(String name, M module) {
    unused(name);
    children.put(name, module);
    return module;
  }

  private void unused(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new NotegradException(name(), "'%s' is no name: it is empty or has a dot", name);
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
      throw new NotegradException(name(), "'%s' is registered twice", name);
    }
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

  /**
   * All parameters, those of modules inside under names such as {@code "0.weight"}; a shared one
   * stands once.
   */
  public final Map<String, Tensor> namedParameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    collect("", all, false);
    Map<String, Tensor> once = new LinkedHashMap<>();
    for (var entry : all.entrySet()) {
      boolean seen = false;
      for (Tensor tensor : once.values()) {
        seen |= tensor == entry.getValue();
      }
      if (!seen) {
        once.put(entry.getKey(), entry.getValue());
      }
    }
    return once;
  }

  /** All parameters: what an optimizer takes. */
  public final List<Tensor> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** Parameters and buffers by name: the tensors themselves, detached. */
  public final Map<String, Tensor> stateDict() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    collect("", all, true);
    all.replaceAll((name, tensor) -> tensor.detach());
    return all;
  }

  /**
   * Copies values into the parameters and buffers of the same names.
   *
   * @throws NotegradException if a name is missing or unknown, or a shape differs; nothing is
   *     changed then
   */
  public final void loadStateDict(Map<String, Tensor> state) {
    Map<String, Tensor> own = stateDict();
    if (!own.keySet().equals(state.keySet())) {
      throw new NotegradException(
          "loadStateDict", "%s has %s, the state has %s", name(), own.keySet(), state.keySet());
    }
    own.forEach((name, tensor) -> {
      if (!tensor.shape().equals(state.get(name).shape())) {
        throw new ShapeException(
            "loadStateDict",
            tensor.shape(),
            state.get(name).shape(),
            "the shapes of %s differ",
            name);
      }
    });
    Autograd.noGrad(() -> own.forEach((name, tensor) -> tensor.copyInPlace(state.get(name))));
  }

  private void collect(String prefix, Map<String, Tensor> into, boolean withBuffers) {
    parameters.forEach((name, tensor) -> into.put(prefix + name, tensor));
    if (withBuffers) {
      buffers.forEach((name, tensor) -> into.put(prefix + name, tensor));
    }
    children.forEach((name, module) -> module.collect(prefix + name + ".", into, withBuffers));
  }

  /** Sets this module and all inside to training: dropout drops. Returns this. */
  public final Module train() {
    return setTraining(true);
  }

  /** Sets this module and all inside to evaluation. Returns this. */
  public final Module eval() {
    return setTraining(false);
  }

  private Module setTraining(boolean training) {
    this.training = training;
    children.values().forEach(module -> module.setTraining(training));
    return this;
  }

  public final boolean isTraining() {
    return training;
  }

  /** Excludes all parameters from training. Returns this. */
  public final Module freeze() {
    parameters().forEach(parameter -> parameter.requiresGrad(false));
    return this;
  }

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
    var text = new StringBuilder(name()).append('(').append(describe());
    children.forEach((name, module) ->
        text.append("\n  (")
            .append(name)
            .append("): ")
            .append(module.toString().replace("\n", "\n  ")));
    return text.append(children.isEmpty() ? ")" : "\n)").toString();
  }
}
