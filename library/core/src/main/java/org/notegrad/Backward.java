package org.notegrad;

import static org.notegrad.backend.Operand.of;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * One walk back through a recorded graph. Nodes are numbered as they are recorded, so taking always
 * the latest of those reached visits a node only after everything that used its output: no
 * recursion, and no counting of uses.
 */
final class Backward {
  private static final Comparator<Node> LATEST_FIRST = (a, b) -> Long.compare(b.order(), a.order());

  /**
   * A gradient on its way to a node; one that is not owned may be the same tensor as another
   * node's.
   */
  private record Pending(Tensor gradient, boolean owned) {}

  private final Map<Node, Pending> pending = new IdentityHashMap<>();
  private final PriorityQueue<Node> queue = new PriorityQueue<>(LATEST_FIRST);
  private final Graph graph;

  private Backward(Graph graph) {
    this.graph = graph;
  }

  /** Adds the gradients of {@code output} to the leaves' {@code grad()}. */
  static void accumulate(Tensor output, Tensor gradient, Graph graph) {
    var walk = new Backward(graph);
    walk.start("backward", output, gradient);
    Autograd.with(
        graph == Graph.CREATE,
        () -> {
          for (Node node = walk.queue.poll(); node != null; node = walk.queue.poll()) {
            Pending arrived = walk.pending.remove(node);
            if (node instanceof AccumulateGrad leaf) {
              walk.add(leaf.leaf(), arrived);
            } else {
              walk.pass(node, arrived.gradient, null);
            }
          }
          return null;
        });
  }

  /** The gradients of {@code output} for {@code inputs}. */
  static Tensor[] gradients(Tensor output, Tensor gradient, Tensor[] inputs, Graph graph) {
    var walk = new Backward(graph);
    Map<Node, Tensor> wanted = new IdentityHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      if (!inputs[i].requiresGrad()) {
        throw new NotegradException("grad", "input %d does not require a gradient", i);
      }
      wanted.put(inputs[i].producer(), null);
    }
    walk.start("grad", output, gradient);
    Set<Node> relevant = relevant(output.producer(), wanted.keySet());
    Autograd.with(
        graph == Graph.CREATE,
        () -> {
          for (Node node = walk.queue.poll(); node != null; node = walk.queue.poll()) {
            Tensor arrived = walk.pending.remove(node).gradient;
            if (wanted.containsKey(node)) {
              wanted.put(node, arrived);
            }
            if (leads(node, relevant)) {
              walk.pass(node, arrived, relevant);
            }
          }
          return null;
        });
    Tensor[] gradients = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      gradients[i] = wanted.get(inputs[i].producer());
      if (gradients[i] == null) {
        throw new NotegradException("grad", "the output does not depend on input %d", i);
      }
    }
    return gradients;
  }

  /** The gradient 1 of a scalar. */
  static Tensor seed(String operation, Tensor output) {
    if (output.numel() != 1) {
      throw new ShapeException(
          operation,
          output.shape(),
          "only a scalar has a gradient of its own; reduce it, or pass the output's gradient");
    }
    return Tensor.onesLike(output);
  }

  private void start(String operation, Tensor output, Tensor gradient) {
    if (!output.requiresGrad()) {
      throw new NotegradException(
          operation,
          "the tensor of shape %s does not depend on one that requires a gradient",
          output.shape());
    }
    if (!gradient.shape().equals(output.shape())) {
      throw new ShapeException(
          operation, output.shape(), gradient.shape(), "the gradient must have the output's shape");
    }
    if (gradient.dtype() != output.dtype()) {
      throw new NotegradException(
          operation, "a gradient of %s for an output of %s", gradient.dtype(), output.dtype());
    }
    send(output.producer(), new Pending(gradient, false));
  }

  private void pass(Node node, Tensor gradient, Set<Node> relevant) {
    Tensor[] results = node.backward(gradient);
    if (graph == Graph.FREE) {
      node.free();
    }
    Node[] edges = node.edges();
    for (int i = 0; i < edges.length; i++) {
      if (edges[i] != null
          && results[i] != null
          && (relevant == null || relevant.contains(edges[i]))) {
        send(edges[i], new Pending(results[i], isOwned(results, i, gradient)));
      }
    }
  }

  private static boolean isOwned(Tensor[] results, int i, Tensor gradient) {
    Tensor result = results[i];
    boolean owned = of(result).storage() != of(gradient).storage() && result.isContiguous();
    for (int j = 0; owned && j < results.length; j++) {
      owned = j == i || results[j] == null || of(results[j]).storage() != of(result).storage();
    }
    return owned;
  }

  private void send(Node node, Pending sent) {
    Pending before = pending.get(node);
    if (before == null) {
      pending.put(node, sent);
      queue.add(node);
    } else {
      pending.put(node, new Pending(before.gradient.add(sent.gradient), true));
    }
  }

  private void add(Tensor leaf, Pending arrived) {
    if (!leaf.requiresGrad()) { // frozen since it was recorded
      return;
    }
    synchronized (leaf) { // walks in several threads may meet here
      Tensor before = leaf.grad();
      if (before != null) {
        leaf.setGrad(before.add(arrived.gradient));
      } else {
        leaf.setGrad(
            arrived.owned || graph == Graph.CREATE ? arrived.gradient : arrived.gradient.clone());
      }
    }
  }

  /** The nodes from which one of {@code targets} can be reached. */
  private static Set<Node> relevant(Node root, Set<Node> targets) {
    Set<Node> relevant = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    relevant.addAll(targets);
    var ordered = new PriorityQueue<>(LATEST_FIRST.reversed());
    var seen = new HashSet<Node>();
    var open = new ArrayDeque<Node>();
    open.push(root);
    seen.add(root);
    while (!open.isEmpty()) {
      Node node = open.pop();
      ordered.add(node);
      for (Node edge : node.edges()) {
        if (edge != null && seen.add(edge)) {
          open.push(edge);
        }
      }
    }
    for (Node node = ordered.poll(); node != null; node = ordered.poll()) {
      if (leads(node, relevant)) {
        relevant.add(node);
      }
    }
    return relevant;
  }

  private static boolean leads(Node node, Set<Node> relevant) {
    for (Node edge : node.edges()) {
      if (edge != null && relevant.contains(edge)) {
        return true;
      }
    }
    return false;
  }
}
