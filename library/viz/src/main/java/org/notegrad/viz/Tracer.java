package org.notegrad.viz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.notegrad.Autograd;
import org.notegrad.Tensor;
import org.notegrad.nn.Module;
import org.notegrad.viz.Layer.Ran;
import org.notegrad.viz.Layer.State;

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

  static Trace run(Module model, Tensor input) {
    var tracer = new Tracer();
    var modules = new ArrayList<Module>();
    collect(model, modules);
    var wereTraining = modules.stream().map(Module::isTraining).toList();
    var handles = new ArrayList<Module.Handle>();
    for (var module : modules) {
      handles.add(module.registerForwardPreHook(tracer::enter));
      handles.add(module.registerForwardHook(tracer::leave));
    }
    RuntimeException failure = null;
    try {
      model.eval();
      Autograd.noGrad(() -> model.forward(input));
    } catch (RuntimeException e) {
      failure = e;
      tracer.failed();
    } finally {
      handles.forEach(Module.Handle::close);
      for (int i = 0; i < modules.size(); i++) {
        restore(modules.get(i), wereTraining.get(i));
      }
    }
    return new Trace(tracer.runs, failure);
  }

  /** Parents stand before what is in them, each module once. */
  private static void collect(Module module, List<Module> all) {
    if (all.stream().noneMatch(m -> m == module)) {
      all.add(module);
      module.children().values().forEach(child -> collect(child, all));
    }
  }

  private static void restore(Module module, boolean training) {
    if (training) {
      module.train();
    } else {
      module.eval();
    }
  }

  private void enter(Module module, List<Tensor> inputs) {
    inside.push(module);
    var before = runs.getOrDefault(module, Ran.NOT);
    var shapes = inputs.stream().map(t -> t.shape().toString()).collect(Collectors.joining(", "));
    runs.put(
        module,
        new Ran(
            before.state(),
            before.calls() + 1,
            before.calls() == 0 ? shapes : before.input(),
            before.output(),
            before.multiplyAdds(),
            before.outputBytes()));
  }

  private void leave(Module module, List<Tensor> inputs, Tensor output) {
    inside.pop();
    var before = runs.get(module);
    runs.put(
        module,
        new Ran(
            State.DONE,
            before.calls(),
            before.input(),
            before.output().isEmpty() ? output.shape().toString() : before.output(),
            before.multiplyAdds() + Layer.multiplyAdds(module, output),
            before.outputBytes() + output.numel() * output.dtype().bytes()));
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
