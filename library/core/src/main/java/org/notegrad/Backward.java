package org.notegrad;

import static org.notegrad.backend.Operand.of;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.notegrad.backend.Storage;

/**
 * One walk back through a recorded graph. Nodes are numbered as they are recorded, so taking always
 * the latest of those reached visits a node only after everything that used its outputs: no
 * recursion, and no counting of uses.
 */
final class Backward {
  private static final Comparator<Node> LATEST_FIRST = (a, b) -> Long.compare(b.order(), a.order());

  private final Map<Node, Pending[]> pending = new IdentityHashMap<>();
  private final PriorityQueue<Node> queue = new PriorityQueue<>(LATEST_FIRST);
  private final Graph graph;

  /** The gradients asked for, by node and output; null if all leaves collect theirs. */
  private final Map<Node, Tensor[]> wanted;

  /** The nodes that lead to one that was asked for; null if all leaves collect theirs. */
  private final Set<Node> relevant;

  private Node current;

  private Backward(Graph graph, Map<Node, Tensor[]> wanted, Set<Node> relevant) {
    this.graph = graph;
    this.wanted = wanted;
    this.relevant = relevant;
  }

  /** Adds the gradients of {@code output} to the leaves' {@code grad()}. */
  static void accumulate(Tensor output, Tensor gradient, Graph graph) {
    check("backward", output, gradient);
    new Backward(graph, null, null).walk(output, gradient);
  }

  /** The gradients of {@code output} for {@code inputs}. */
  static Tensor[] gradients(Tensor output, Tensor gradient, Tensor[] inputs, Graph graph) {
    Map<Node, Tensor[]> wanted = new IdentityHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      if (!inputs[i].requiresGrad()) {
        throw new NotegradException("grad", "input %d does not require a gradient", i);
      }
      Node producer = inputs[i].producer();
      wanted.put(producer, new Tensor[producer.outputs()]);
    }
    check("grad", output, gradient);
    Set<Node> relevant = relevant(output.producer(), wanted.keySet());
    new Backward(graph, wanted, relevant).walk(output, gradient);
    Tensor[] gradients = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      gradients[i] = wanted.get(inputs[i].producer())[inputs[i].output()];
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

  /**
   * Whether the walk under way on this thread wants the gradient of {@code node}'s input that
   * {@code edge} made. What is not that walk's current node (one that its rule records, say) is
   * wanted whole.
   */
  static boolean wants(Node node, Node edge) {
    Backward walk = Autograd.walk();
    return walk == null
        || walk.current != node
        || walk.relevant == null
        || walk.relevant.contains(edge);
  }

  /** Whether the walk under way on this thread drops what {@code node} saved when it is through. */
  static boolean frees(Node node) {
    Backward walk = Autograd.walk();
    return walk != null && walk.current == node && walk.graph == Graph.FREE;
  }

  private static void check(String operation, Tensor output, Tensor gradient) {
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
  }

  private void walk(Tensor output, Tensor gradient) {
    pending(output.producer(), output.output()).add(gradient, false);
    Autograd.walking(this, graph == Graph.CREATE, this::visitAll);
  }

  private void visitAll() {
    for (Node node = queue.poll(); node != null; node = queue.poll()) {
      Pending[] arrived = pending.remove(node);
      if (wanted != null) {
        capture(node, arrived);
      } else if (node instanceof AccumulateGrad leaf) {
        collect(leaf.leaf(), arrived[0]);
      }
      if (relevant == null || leads(node, relevant)) {
        pass(node, arrived);
      }
    }
  }

  /** Takes what was asked for. */
  private void capture(Node node, Pending[] arrived) {
    Tensor[] captured = wanted.get(node);
    for (int i = 0; captured != null && i < captured.length; i++) {
      if (arrived[i] != null) {
        Tensor total = arrived[i].total(graph);
        boolean own = graph == Graph.CREATE || arrived[i].owned() && !leads(node, relevant);
        captured[i] = own ? total : total.clone();
      }
    }
  }

  /** Adds to a leaf's gradient. */
  private void collect(Tensor leaf, Pending arrived) {
    if (!leaf.requiresGrad()) { // frozen since it was recorded
      return;
    }
    Tensor total = arrived.total(graph);
    synchronized (leaf) { // walks in several threads may meet here
      Tensor before = leaf.grad();
      if (before != null) {
        leaf.setGrad(before.add(total));
      } else {
        leaf.setGrad(arrived.owned() ? total : total.clone());
      }
    }
  }

  /** Sends a node's gradients to what made its inputs. */
  private void pass(Node node, Pending[] arrived) {
    Node[] edges = node.edges();
    if (edges.length == 0) {
      return;
    }
    Tensor[] gradients = new Tensor[arrived.length];
    for (int i = 0; i < arrived.length; i++) {
      gradients[i] = arrived[i] == null ? null : arrived[i].total(graph);
    }
    if (node instanceof PartNode part) { // freed when the parts are put together
      pending(edges[0], node.source(0)).add(part, gradients[0]);
      return;
    }
    current = node;
    Tensor[] results =
        node instanceof MultiNode multi
            ? multi.backwardAll(gradients)
            : node.backward(gradients[0]);
    current = null;
    if (results == null) {
      throw new NotegradException(
          "backward", "%s gave no gradients; null stands for one in the list of them", node.name());
    }
    if (results.length != edges.length) {
      throw new NotegradException(
          "backward",
          "%s gave %d gradients for %d inputs",
          node.name(),
          results.length,
          edges.length);
    }
    for (int i = 0; i < edges.length; i++) {
      if (edges[i] != null
          && results[i] != null
          && (relevant == null || relevant.contains(edges[i]))) {
        check(node, i, results[i]);
        pending(edges[i], node.source(i)).add(results[i], isOwned(node, results, i, gradients));
      }
    }
    if (graph == Graph.FREE) {
      node.free();
    }
  }

  private static void check(Node node, int input, Tensor result) {
    Shape shape = node.edges()[input].shape(node.source(input));
    DType dtype = node.edges()[input].dtype(node.source(input));
    if (!result.shape().equals(shape) || result.dtype() != dtype) {
      throw new NotegradException(
          "backward",
          "%s gave input %d a gradient of %s, %s %s expected",
          node.name(),
          input,
          result.describe(),
          dtype,
          shape);
    }
  }

  /** Whether nobody but this walk holds a result. */
  private boolean isOwned(Node node, Tensor[] results, int i, Tensor[] gradients) {
    Tensor result = results[i];
    if (graph == Graph.CREATE || !node.returnsNew() || !result.isContiguous()) {
      return false;
    }
    Storage storage = of(result).storage();
    boolean owned = !node.saves(storage);
    for (Tensor gradient : gradients) {
      owned &= gradient == null || of(gradient).storage() != storage;
    }
    for (int j = 0; j < results.length; j++) {
      owned &= j == i || results[j] == null || of(results[j]).storage() != storage;
    }
    return owned;
  }

  private Pending pending(Node node, int output) {
    Pending[] all = pending.get(node);
    if (all == null) {
      all = new Pending[node.outputs()];
      pending.put(node, all);
      queue.add(node);
    }
    if (all[output] == null) {
      all[output] = new Pending(node.shape(output), graph == Graph.CREATE);
    }
    return all[output];
  }

  /** The nodes from which one of {@code targets} can be reached. */
  private static Set<Node> relevant(Node root, Set<Node> targets) {
    Set<Node> relevant = Collections.newSetFromMap(new IdentityHashMap<>());
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
