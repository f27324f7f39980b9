package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.notegrad.AccumulateGrad;
import org.notegrad.Node;
import org.notegrad.Tensor;
import org.notegrad.nn.Module;

/**
 * The graph that a backward pass would walk, or has walked: operations from the leaves at the top
 * to the output at the bottom; at the leaves their shapes and, after {@code backward}, the norms of
 * their gradients.
 */
public final class GradientGraph implements View {
  private static final int MAX_NODES = 60;
  private static final int MAX_LAYERS = 12;

  /**
   * A node of the picture.
   *
   * @param depth the longest way to the output
   * @param inputs places of its inputs in the list of boxes
   * @param more whether inputs of it are left out
   */
  record Box(
      String name, String detail, boolean leaf, int depth, List<Integer> inputs, boolean more) {}

  private final String output;
  private final List<Box> boxes;

  private GradientGraph(Tensor output, Map<Tensor, String> names) {
    this.output = output.describe();
    var nodes = nearest(output);
    var places = new IdentityHashMap<Node, Integer>();
    nodes.forEach(node -> places.put(node, places.size()));
    var depths = depths(nodes, places);
    var boxes = new ArrayList<Box>();
    for (var node : nodes) {
      var inputs = new ArrayList<Integer>();
      boolean more = false;
      for (var input : node.inputs()) {
        if (input != null) {
          more |= !places.containsKey(input);
          inputs.add(places.get(input));
        }
      }
      inputs.removeIf(i -> i == null);
      boxes.add(box(node, names, depths[places.get(node)], List.copyOf(inputs), more));
    }
    this.boxes = List.copyOf(boxes);
  }

  /** The graph behind a tensor, which must require a gradient. */
  public static GradientGraph gradientGraph(Tensor output) {
    return gradientGraph(output, Map.of());
  }

  /** The graph behind a tensor with the names that a model gives its parameters. */
  public static GradientGraph gradientGraph(Tensor output, Module model) {
    var names = new IdentityHashMap<Tensor, String>();
    model.namedParameters().forEach((name, parameter) -> names.put(parameter, name));
    return gradientGraph(output, names);
  }

  private static GradientGraph gradientGraph(Tensor output, Map<Tensor, String> names) {
    if (output.gradFn() == null) {
      throw new IllegalArgumentException(
          "gradientGraph: given a tensor that was not computed from one that requires a gradient");
    }
    return new GradientGraph(output, names);
  }

  /** The nodes nearest to the output, breadth first, without recursion. */
  private static SequencedSet<Node> nearest(Tensor output) {
    var found = new LinkedHashSet<Node>(List.of(output.gradFn()));
    var wave = List.of(output.gradFn());
    for (int layer = 1; layer < MAX_LAYERS && !wave.isEmpty(); layer++) {
      var next = new ArrayList<Node>();
      for (var node : wave) {
        for (var input : node.inputs()) {
          if (input != null && found.size() < MAX_NODES && found.add(input)) {
            next.add(input);
          }
        }
      }
      wave = next;
    }
    return found;
  }

  /** The longest way from each node to the output; settles in as many rounds as it is long. */
  private static int[] depths(SequencedSet<Node> nodes, Map<Node, Integer> places) {
    var depths = new int[nodes.size()];
    for (boolean changed = true; changed; ) {
      changed = false;
      for (var node : nodes) {
        int below = depths[places.get(node)];
        for (var input : node.inputs()) {
          var place = input == null ? null : places.get(input);
          if (place != null && depths[place] <= below) {
            depths[place] = below + 1;
            changed = true;
          }
        }
      }
    }
    return depths;
  }

  private static Box box(
      Node node, Map<Tensor, String> names, int depth, List<Integer> inputs, boolean more) {
    if (!(node instanceof AccumulateGrad accumulate)) {
      return new Box(node.name(), node.shape().toString(), false, depth, inputs, more);
    }
    var leaf = accumulate.leaf();
    var gradient = leaf.grad();
    var detail =
        leaf.shape()
            + (gradient == null
                ? ""
                : " · ‖grad‖ " + Numbers.significant(gradient.detach().norm().item(), 3));
    return new Box(names.getOrDefault(leaf, "leaf"), detail, true, depth, inputs, more);
  }

  /** Whether nodes further away are left out. */
  private boolean cut() {
    return boxes.stream().anyMatch(Box::more);
  }

  private String note() {
    return cut()
        ? "the %s nodes nearest to the output; there are more".formatted(boxes.size())
        : "";
  }

  @Override
  public String text() {
    var text = new StringBuilder("graph of ").append(output);
    var order = new ArrayList<>(boxes);
    order.sort(Comparator.comparingInt(Box::depth).reversed());
    order.forEach(box -> text.append('\n').append(line(box)));
    return text + (cut() ? "\n" + note() : "");
  }

  private String line(Box box) {
    if (box.leaf()) {
      return box.name() + " " + box.detail();
    }
    var inputs = String.join(", ", box.inputs().stream().map(i -> boxes.get(i).name()).toList());
    return "%s(%s%s) -> %s".formatted(box.name(), inputs, box.more() ? " …" : "", box.detail());
  }

  @Override
  public String html() {
    var page = new Page("<div style=\"font-size:13px;line-height:1.5\">");
    page.add("header", "<div><b>graph of %s</b></div>".formatted(Html.escape(output)));
    page.add("graph", new GraphLayout(boxes).picture().image(boxes.size() + " nodes"));
    if (cut()) {
      page.add("note", Html.NOTE.formatted(note()));
    }
    return page.close("</div>");
  }
}
