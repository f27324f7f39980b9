package org.notegrad.viz;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.notegrad.Tensor;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Linear;
import org.notegrad.nn.Module;

/**
 * The summary of a model: the tree of its layers with the shapes that go in and out, parameters,
 * multiply-adds and memory. Shapes are seen by running the model once, without gradients and in
 * evaluation mode; where the run fails, the summary shows how far it came and why it stopped.
 */
public final class Summary implements View {
  private final SummaryRow root;
  private final String input;
  private final RuntimeException failure;

  private Summary(Module model, String input, Tracer.Trace trace) {
    this.root = SummaryRow.of(model, trace.runs());
    this.input = input;
    this.failure = trace.failure();
  }

  /**
   * The summary for float32 inputs of a shape.
   *
   * @param shape the whole shape, batch dimension included
   */
  public static Summary summary(Layer model, int... shape) {
    return summary(model, Tensor.zeros(shape));
  }

  /** The summary of a run on {@code input}. */
  public static Summary summary(Layer model, Tensor input) {
    return new Summary(model, input.describe(), Tracer.run(model, () -> model.forward(input)));
  }

  /**
   * The summary of a model of any signature, by one call of it: {@code summary(attention, () ->
   * attention.forward(query, memory))}.
   */
  public static Summary summary(Module model, Runnable call) {
    var trace = Tracer.run(model, call);
    var ran = trace.runs().getOrDefault(model, SummaryRow.Ran.NOT);
    return new Summary(model, ran.input(), trace);
  }

  /**
   * The summary of a model about whose input nothing is said: for one picture, row or word of the
   * shape that its first layer takes, or without shapes where that does not tell.
   */
  static Summary of(Module model) {
    var features = firstLinear(model);
    if (model instanceof Layer layer && features.isPresent()) {
      var summary = summary(layer, 1, features.get().inFeatures());
      if (summary.failure == null) {
        return summary;
      }
    }
    return new Summary(model, "", Tracer.Trace.NONE);
  }

  private static Optional<Linear> firstLinear(Module module) {
    if (module instanceof Linear linear) {
      return Optional.of(linear);
    }
    return module.children().values().stream()
        .map(Summary::firstLinear)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What stopped the run through the model, if something did. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Elements of all parameters. */
  public long parameters() {
    return root.parameters();
  }

  /** Elements of the parameters that require a gradient. */
  public long trainable() {
    return root.trainable();
  }

  /** Multiplications, each with its addition, of one forward pass; 0 when none was run. */
  public long multiplyAdds() {
    return root.multiplyAdds();
  }

  SummaryRow root() {
    return root;
  }

  /** Type and shape of what the model was run on; empty when it was not. */
  String input() {
    return input;
  }

  @Override
  public String text() {
    return new SummaryText(this).text();
  }

  @Override
  public String html() {
    return new SummaryHtml(this).html();
  }

  /** The totals, as pairs of a name and a number with its unit. */
  SequencedMap<String, String> totals() {
    var totals = new LinkedHashMap<String, String>();
    long frozen = root.parameters() - root.trainable();
    totals.put(
        "parameters",
        Numbers.count(root.parameters()) + " (" + Numbers.bytes(root.parameterBytes()) + ")");
    totals.put("trainable", Numbers.count(root.trainable()));
    if (frozen > 0) {
      totals.put("frozen", Numbers.count(frozen));
    }
    if (!input.isEmpty()) {
      totals.put("multiply-adds", Numbers.shortCount(root.multiplyAdds()));
      totals.put("activations", Numbers.bytes(root.outputBytes()));
    }
    return totals;
  }

  @Override
  public String toString() {
    return text();
  }
}
