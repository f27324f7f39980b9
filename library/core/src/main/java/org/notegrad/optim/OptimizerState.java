package org.notegrad.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/** An optimizer's state as tensors with names: writes it, and checks and loads it. */
record OptimizerState(String optimizer, Map<String, Tensor> state) {
  private static final String STEP = "step";

  static Map<String, Tensor> of(Optimizer<?> optimizer) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      all.put(rate(g), Tensor.scalar(DType.FLOAT64, optimizer.learningRate(g)));
    }
    List<Tensor> parameters = optimizer.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i);
      long steps = optimizer.steps(parameter);
      if (steps > 0) {
        int index = i;
        all.put(name(i, STEP), Tensor.fromArray(new long[] {steps}, new int[0]));
        optimizer
            .state(parameter)
            .forEach((name, tensor) -> all.put(name(index, name), tensor.clone()));
      }
    }
    return all;
  }

  private static String rate(int group) {
    return "groups." + group + ".learningRate";
  }

  private static String name(int parameter, String name) {
    return "state." + parameter + "." + name;
  }

  /** What is to be set, once all is known to fit. */
  private record Entry(Tensor parameter, SequencedMap<String, Tensor> state, long steps) {}

  void load(Optimizer<?> into) {
    Set<String> unknown = new LinkedHashSet<>(state.keySet());
    List<Double> rates = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    for (int g = 0; g < into.groups().size(); g++) {
      rates.add(existing(rate(g), unknown).item());
      for (Tensor parameter : into.groups().get(g).parameters()) {
        entries.add(entry(at++, parameter, into.newState(g, parameter), unknown));
      }
    }
    if (!unknown.isEmpty()) {
      throw wrong("there is no place for %s", unknown);
    }
    rates.forEach(rate -> Checks.notNegative(optimizer, "learning rate", rate));
    for (int g = 0; g < rates.size(); g++) {
      into.setLearningRate(g, rates.get(g));
    }
    for (Entry entry : entries) {
      if (entry.steps == 0) {
        into.clearState(entry.parameter);
      } else {
        into.setState(entry.parameter, entry.state, entry.steps);
      }
    }
  }

  private Entry entry(
      int index, Tensor parameter, SequencedMap<String, Tensor> fresh, Set<String> unknown) {
    if (!state.containsKey(name(index, STEP))) {
      return new Entry(parameter, fresh, 0);
    }
    long steps = existing(name(index, STEP), unknown).itemLong();
    Checks.that(optimizer, steps > 0, "loadStateDict: %s is %d", name(index, STEP), steps);
    fresh.forEach((name, own) -> {
      String full = name(index, name);
      Tensor loaded = existing(full, unknown);
      if (!loaded.shape().equals(own.shape())) {
        throw new ShapeException(
            optimizer, loaded.shape(), own.shape(), "loadStateDict: the shapes of %s differ", full);
      }
      if (loaded.dtype() != own.dtype()) {
        throw wrong("%s is %s, %s expected", full, loaded.dtype(), own.dtype());
      }
      own.copyInPlace(loaded.detach());
    });
    return new Entry(parameter, fresh, steps);
  }

  private Tensor existing(String name, Set<String> unknown) {
    Tensor tensor = state.get(name);
    if (tensor == null) {
      throw wrong("%s is missing", name);
    }
    unknown.remove(name);
    return tensor;
  }

  private NotegradException wrong(String rule, Object... args) {
    return new NotegradException(optimizer, "loadStateDict: " + rule, args);
  }
}
