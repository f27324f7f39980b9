package org.notegrad.viz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.notegrad.Autograd;
import org.notegrad.Handle;
import org.notegrad.Tensor;
import org.notegrad.nn.Module;
import org.notegrad.viz.SummaryRow.Ran;
import org.notegrad.viz.SummaryRow.State;

/** Runs a model once, without gradients and in evaluation mode, and notes what passes through. */
final class Tracer {
  private final Map<Module, Ran> runs = new IdentityHashMap<>();
  private final Deque<Module> inside = new ArrayDeque<>();

  /**
   * What a run showed.
   *
   * @param failure what stopped it; null when it came through
   */
  record Trace(Map<Module, Ran> runs, RuntimeException failure) {
    static final Trace NONE = new Trace(Map.of(), null);
  }

  static Trace run(Module model, Runnable call) {
    var tracer = new Tracer();
    var handles = new ArrayList<Handle>();
    for (var module : model.modules()) {
      handles.add(module.registerForwardPreHook(tracer::enter));
      handles.add(module.registerForwardHook(tracer::leave));
    }
    try {
      return model.evaluating(() -> tracer.trace(call));
    } finally {
      handles.forEach(Handle::close);
    }
  }

  private Trace trace(Runnable call) {
    try {
      Autograd.noGrad(call);
      return new Trace(runs, null);
    } catch (RuntimeException e) {
      failed();
      return new Trace(runs, e);
    }
  }

  private List<Tensor> enter(Module module, List<Tensor> inputs) {
    inside.push(module);
    var before = runs.getOrDefault(module, Ran.NOT);
    runs.put(
        module,
        new Ran(
            before.state(),
            before.calls() + 1,
            before.calls() == 0 ? shapes(inputs) : before.input(),
            before.output(),
            before.multiplyAdds(),
            before.outputBytes()));
    return inputs;
  }

  private static String shapes(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.shape().toString()).collect(Collectors.joining(", "));
  }

  private List<Tensor> leave(Module module, List<Tensor> inputs, List<Tensor> outputs) {
    inside.pop();
    long bytes = outputs.stream().mapToLong(t -> t.numel() * t.dtype().bytes()).sum();
    var before = runs.get(module);
    runs.put(
        module,
        new Ran(
            State.DONE,
            before.calls(),
            before.input(),
            before.output().isEmpty() ? shapes(outputs) : before.output(),
            before.multiplyAdds() + multiplyAdds(module, outputs),
            before.outputBytes() + bytes));
    return outputs;
  }

  private static long multiplyAdds(Module module, List<Tensor> outputs) {
    return outputs.isEmpty() ? 0 : SummaryRow.multiplyAdds(module, outputs.getFirst());
  }

  /** The innermost module that was entered and not left is where it happened. */
  private void failed() {
    if (!inside.isEmpty()) {
      var r = runs.get(inside.peek());
      runs.put(
          inside.peek(),
          new Ran(State.FAILED, r.calls(), r.input(), "", r.multiplyAdds(), r.outputBytes()));
    }
  }
}
