package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.notegrad.viz.GradientGraph.Box;
import org.notegrad.viz.Svg.Anchor;

/**
 * Places the boxes of a graph in layers and draws them: each box a layer above the lowest one that
 * uses it, within its layer near the middle of its neighbours.
 */
final class GraphLayout {
  private static final int LAYER = 62;
  private static final int HEIGHT = 34;
  private static final int GAP = 18;
  private static final int MARGIN = 10;
  private static final int SWEEPS = 12;

  private final List<Box> boxes;
  private final List<List<Integer>> layers = new ArrayList<>();
  private final List<List<Integer>> neighbours = new ArrayList<>();
  private final double[] x;

  GraphLayout(List<Box> boxes) {
    this.boxes = boxes;
    this.x = new double[boxes.size()];
    boxes.forEach(box -> neighbours.add(new ArrayList<>()));
    var byDepth = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < boxes.size(); i++) {
      byDepth.computeIfAbsent(boxes.get(i).depth(), d -> new ArrayList<>()).add(i);
      for (int input : boxes.get(i).inputs()) {
        neighbours.get(i).add(input);
        neighbours.get(input).add(i);
      }
    }
    layers.addAll(byDepth.values());
    layers.forEach(this::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      (sweep % 2 == 0 ? layers : layers.reversed()).forEach(this::settle);
    }
    double left = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      left = Math.min(left, x[i] - width(i) / 2);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] += MARGIN - left;
    }
  }

  private double width(int i) {
    var box = boxes.get(i);
    return Math.max(64, Math.max(box.name().length() * 7.2, box.detail().length() * 5.8) + 18);
  }

  /** The boxes of a layer side by side, as they come. */
  private void spread(List<Integer> layer) {
    double at = 0;
    for (int i : layer) {
      x[i] = at + width(i) / 2;
      at += width(i) + GAP;
    }
  }

  /** Moves each box to the mean of its neighbours, then apart until none overlap. */
  private void settle(List<Integer> layer) {
    for (int i : layer) {
      x[i] = neighbours.get(i).stream().mapToDouble(n -> x[n]).average().orElse(x[i]);
    }
    layer.sort(Comparator.comparingDouble(i -> x[i]));
    double wanted = layer.stream().mapToDouble(i -> x[i]).average().orElse(0);
    for (int k = 1; k < layer.size(); k++) {
      int before = layer.get(k - 1);
      int here = layer.get(k);
      x[here] = Math.max(x[here], x[before] + (width(before) + width(here)) / 2 + GAP);
    }
    double shift = wanted - layer.stream().mapToDouble(i -> x[i]).average().orElse(0);
    layer.forEach(i -> x[i] += shift);
  }

  private double y(int i) {
    return MARGIN + (layers.size() - 1.0 - boxes.get(i).depth()) * LAYER;
  }

  Svg picture() {
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      right = Math.max(right, x[i] + width(i) / 2);
    }
    var svg =
        new Svg((int) Math.ceil(right) + MARGIN, (layers.size() - 1) * LAYER + HEIGHT + 2 * MARGIN);
    svg.group(
        "fill=\"none\" stroke=\"" + Palette.INK + "\" stroke-width=\"1.2\" stroke-opacity=\".7\"");
    for (int i = 0; i < boxes.size(); i++) {
      for (int input : boxes.get(i).inputs()) {
        edge(svg, input, i);
      }
    }
    svg.end();
    for (int i = 0; i < boxes.size(); i++) {
      box(svg, i);
    }
    return svg;
  }

  private void edge(Svg svg, int from, int to) {
    double top = y(from) + HEIGHT;
    double bottom = y(to);
    double bend = (bottom - top) / 2;
    svg.element(
        "path",
        "d=\"M%s %sC%s %s %s %s %s %s\""
            .formatted(
                Svg.at(x[from]),
                Svg.at(top),
                Svg.at(x[from]),
                Svg.at(top + bend),
                Svg.at(x[to]),
                Svg.at(bottom - bend),
                Svg.at(x[to]),
                Svg.at(bottom)));
  }

  private void box(Svg svg, int i) {
    var box = boxes.get(i);
    var colour =
        box.leaf()
            ? Palette.LINES.get(2)
            : box.depth() == 0 ? Palette.LINES.get(1) : Palette.LINES.get(0);
    svg.rect(
        x[i] - width(i) / 2,
        y(i),
        width(i),
        HEIGHT,
        "rx=\"%s\" fill=\"%s\" fill-opacity=\".14\" stroke=\"%s\" stroke-width=\"1.2\""
            .formatted(box.leaf() ? 4 : 17, colour, colour));
    boolean two = !box.detail().isEmpty();
    svg.text(
        x[i],
        y(i) + (two ? 15 : 21),
        Anchor.MIDDLE,
        "fill=\"%s\" font-size=\"12\" font-weight=\"600\"".formatted(colour),
        box.name());
    if (two) {
      svg.text(x[i], y(i) + 28, Anchor.MIDDLE, "font-size=\"10\"", box.detail());
    }
    if (box.more()) {
      svg.text(x[i], y(i) - 4, Anchor.MIDDLE, "", "⋮");
    }
  }
}
