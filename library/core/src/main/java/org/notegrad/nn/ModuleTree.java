package org.notegrad.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.notegrad.Autograd;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/** Walks through a module and all inside. */
final class ModuleTree {
  private ModuleTree() {}

  /** What a walk comes to, with the dots of its path. */
  @FunctionalInterface
  private interface Visitor {
    /** Returns whether to go on to the modules inside. */
    boolean visit(String prefix, Module module);
  }

  private static void walk(String prefix, Module module, Visitor visitor) {
    if (visitor.visit(prefix, module)) {
      module.children().forEach((name, child) -> walk(prefix + name + ".", child, visitor));
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  static List<Module> modules(Module root) {
    List<Module> all = new ArrayList<>();
    Set<Module> seen = identitySet();
    walk("", root, (prefix, module) -> seen.add(module) && all.add(module));
    return all;
  }

  static boolean holds(Module root, Module wanted) {
    return modules(root).contains(wanted);
  }

  /** Each once, under its first name. */
  static Map<String, Tensor> parameters(Module root) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Set<Module> seenModules = identitySet();
    Set<Tensor> seen = identitySet();
    walk(
        "",
        root,
        (prefix, module) -> {
          if (!seenModules.add(module)) {
            return false;
          }
          module
              .ownParameters()
              .forEach((name, parameter) -> {
                if (seen.add(parameter)) {
                  all.put(prefix + name, parameter);
                }
              });
          return true;
        });
    return all;
  }

  /** Parameters and buffers, under each of their names. */
  private static Map<String, Tensor> state(Module root) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    walk(
        "",
        root,
        (prefix, module) -> {
          module.ownParameters().forEach((name, tensor) -> all.put(prefix + name, tensor));
          module.ownBuffers().forEach((name, tensor) -> all.put(prefix + name, tensor));
          return true;
        });
    return all;
  }

  /** The state, copied; a shared tensor once. */
  static Map<String, Tensor> copy(Module root) {
    Map<String, Tensor> all = state(root);
    Map<Tensor, Tensor> copies = new IdentityHashMap<>();
    all.replaceAll(
        (name, tensor) -> copies.computeIfAbsent(tensor, shared -> shared.detach().clone()));
    return all;
  }

  static void load(Module root, Map<String, Tensor> state) {
    Map<String, Tensor> own = state(root);
    if (!own.keySet().equals(state.keySet())) {
      throw new NotegradException(
          "loadStateDict",
          "%s misses %s in the state, and knows no %s",
          root.name(),
          without(own.keySet(), state.keySet()),
          without(state.keySet(), own.keySet()));
    }
    own.forEach((name, tensor) -> {
      if (state.get(name) == null) {
        throw new NotegradException("loadStateDict", "%s is null", name);
      }
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

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> left = new LinkedHashSet<>(names);
    left.removeAll(others);
    return left;
  }
}
