package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.notegrad.Tensor;
import org.notegrad.nn.Module;

/**
 * One line of a model's summary: a module at its place in the tree, and what was seen of it when
 * the model ran.
 *
 * @param name the name under which the parent holds it; empty for the model itself
 * @param parameters elements of all parameters in it, those of a layer met before not again
 * @param trainable those of them that require a gradient
 * @param parameterBytes the memory of all its parameters
 * @param ran what its calls looked like
 * @param children the modules inside
 */
record SummaryRow(
    String name,
    Module module,
    long parameters,
    long trainable,
    long parameterBytes,
    Ran ran,
    List<SummaryRow> children) {

  /** How far the run through the model came in a module. */
  enum State {
    NOT_REACHED,
    DONE,
    FAILED
  }

  /**
   * What was seen of a module's calls.
   *
   * @param input the shapes of the first call's inputs; empty when it was not called
   * @param output the shape of the first call's output; empty when there was none
   * @param multiplyAdds of all calls, modules inside not counted
   * @param outputBytes of all calls' outputs
   */
  record Ran(
      State state, int calls, String input, String output, long multiplyAdds, long outputBytes) {
    static final Ran NOT = new Ran(State.NOT_REACHED, 0, "", "", 0, 0);
  }

  static SummaryRow of(Module model, Map<Module, Ran> runs) {
    return of("", model, runs, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static SummaryRow of(
      String name, Module module, Map<Module, Ran> runs, Set<Object> seen) {
    boolean again = !seen.add(module);
    long parameters = 0;
    long trainable = 0;
    long bytes = 0;
    for (Tensor parameter : module.ownParameters().values()) {
      if (seen.add(parameter)) {
        parameters += parameter.numel();
        trainable += parameter.requiresGrad() ? parameter.numel() : 0;
        bytes += parameter.numel() * parameter.dtype().bytes();
      }
    }
    var children = new ArrayList<SummaryRow>();
    for (var child : module.children().entrySet()) {
      var layer = of(child.getKey(), child.getValue(), runs, seen);
      children.add(layer);
      parameters += layer.parameters;
      trainable += layer.trainable;
      bytes += layer.parameterBytes;
    }
    // A module that stands at two places ran once: its work is counted at the first.
    var ran = again ? Ran.NOT : runs.getOrDefault(module, Ran.NOT);
    return new SummaryRow(name, module, parameters, trainable, bytes, ran, List.copyOf(children));
  }

  /** With the settings, {@code Linear(64 -> 128)}. */
  String title() {
    var settings = module.describe();
    return settings.isEmpty() ? module.name() : module.name() + "(" + settings + ")";
  }

  /** Multiplications, each with its addition, of this layer and all in it. */
  long multiplyAdds() {
    return ran.multiplyAdds + children.stream().mapToLong(SummaryRow::multiplyAdds).sum();
  }

  /** The memory of the outputs of this layer, or of the innermost ones in it. */
  long outputBytes() {
    return children.isEmpty()
        ? ran.outputBytes
        : children.stream().mapToLong(SummaryRow::outputBytes).sum();
  }

  /** All layers of the tree, this one first. */
  int size() {
    return 1 + children.stream().mapToInt(SummaryRow::size).sum();
  }

  /**
   * The multiply-adds of one call, from the weights: in linear and convolutional layers, whose
   * weight is {@code (out, ...)}, every weight is used once for each position of the output.
   */
  static long multiplyAdds(Module module, Tensor output) {
    long sum = 0;
    for (Tensor weight : module.ownParameters().values()) {
      if (weight.rank() >= 2 && weight.size(0) > 0) {
        sum += weight.numel() / weight.size(0) * output.numel();
      }
    }
    return sum;
  }
}
