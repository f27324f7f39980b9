package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.Dim;
import org.notegrad.Node;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.Layout;

/** Operations that look at all elements of a storage in another way; so do their gradients. */
public final class Views {
  private Views() {}

  public static Tensor reshape(Tensor x, int... sizes) {
    Shape target = inferred(x, sizes);
    return x.shape().equals(target) ? x : Node.apply(new Reshape(target), x);
  }

  /** Replaces one -1 by the size that is left. */
  private static Shape inferred(Tensor x, int[] sizes) {
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && unknown == -1) {
        unknown = i;
      } else if (sizes[i] < 0) {
        throw new ShapeException(
            "reshape", x.shape(), "size %d is negative, and only one may be -1", sizes[i]);
      } else {
        known *= sizes[i];
      }
    }
    int[] full = sizes.clone();
    if (unknown >= 0 && known == 0) {
      throw new ShapeException(
          "reshape", x.shape(), "any size could stand for the -1 in %s", list(sizes));
    }
    if (unknown >= 0) {
      full[unknown] = (int) (x.numel() / known);
    }
    Shape target = Shape.of(full);
    if (target.numel() != x.numel()) {
      throw new ShapeException(
          "reshape", x.shape(), "%d elements do not fill %s", x.numel(), list(sizes));
    }
    return target;
  }

  public static Tensor permute(Tensor x, int... order) {
    boolean[] seen = new boolean[x.rank()];
    int[] resolved = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      resolved[i] = Dim.resolve("permute", order[i], x.shape());
      if (order.length != x.rank() || seen[resolved[i]]) {
        throw new ShapeException(
            "permute", x.shape(), "%s is not an order of its dimensions", list(order));
      }
      seen[resolved[i]] = true;
    }
    if (order.length != x.rank()) {
      throw new ShapeException(
          "permute", x.shape(), "%s is not an order of its dimensions", list(order));
    }
    return Node.apply(new Permute(resolved), x);
  }

  private static String list(int[] values) {
    return java.util.Arrays.toString(values);
  }

  public static Tensor transpose(Tensor x, int a, int b) {
    int[] order = new int[x.rank()];
    java.util.Arrays.setAll(order, i -> i);
    int p = Dim.resolve("transpose", a, x.shape());
    int q = Dim.resolve("transpose", b, x.shape());
    if (x.rank() == 0) {
      return x;
    }
    order[p] = q;
    order[q] = p;
    return Node.apply(new Permute(order), x);
  }

  public static Tensor expand(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    if (!Shape.broadcast("expand", x.shape(), target).equals(target)) {
      throw new ShapeException("expand", x.shape(), target, "the second is smaller than the first");
    }
    if (target.numel() > Creation.MOST_ELEMENTS) {
      throw new ShapeException(
          "expand", x.shape(), target, "a tensor has at most %d elements", Creation.MOST_ELEMENTS);
    }
    return Node.apply(new Expand(target), x);
  }

  /** {@code target}'s -1 stand for the size that x has there. */
  public static Tensor expand(Tensor x, int... sizes) {
    int[] full = sizes.clone();
    int added = sizes.length - x.rank();
    for (int i = 0; i < full.length; i++) {
      if (full[i] == -1 && i >= added) {
        full[i] = x.size(i - added);
      }
    }
    return expand(x, Shape.of(full));
  }

  public static Tensor flatten(Tensor x, int startDim) {
    int at = Dim.resolve("flatten", startDim, x.shape());
    int[] sizes = java.util.Arrays.copyOf(x.shape().toArray(), at + 1);
    long joined = 1;
    for (int dim = at; dim < x.rank(); dim++) {
      joined *= x.size(dim);
    }
    sizes[at] = Math.toIntExact(joined);
    return reshape(x, sizes);
  }

  public static Tensor squeeze(Tensor x, int dim) {
    int at = Dim.resolve("squeeze", dim, x.shape());
    if (x.rank() == 0) {
      return x;
    }
    if (x.size(at) != 1) {
      throw new ShapeException("squeeze", x.shape(), "dimension %d has not size 1", at);
    }
    return reshape(x, x.shape().without(at).toArray());
  }

  public static Tensor squeeze(Tensor x) {
    int[] sizes = x.shape().toArray();
    return reshape(x, java.util.Arrays.stream(sizes).filter(size -> size != 1).toArray());
  }

  public static Tensor unsqueeze(Tensor x, int dim) {
    int rank = x.rank() + 1;
    int at = dim < 0 ? dim + rank : dim;
    if (at < 0 || at >= rank) {
      throw new ShapeException(
          "unsqueeze", x.shape(), "dim %d is not in [%d, %d)", dim, -rank, rank);
    }
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = i == at ? 1 : x.size(i < at ? i : i - 1);
    }
    return reshape(x, sizes);
  }

  private static final class Reshape extends Operation {
    private final Shape target;
    private Shape source;

    Reshape(Shape target) {
      super("reshape");
      this.target = target;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      source = x.shape();
      Layout layout = of(x).layout().reshape(target);
      return layout != null
          ? of(x).with(layout).tensor()
          : of(x.clone()).with(Layout.contiguous(target)).tensor();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.reshape(source.toArray())};
    }
  }

  private static final class Permute extends Operation {
    private final int[] order;

    Permute(int[] order) {
      super("permute");
      this.order = order;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      return of(inputs[0]).with(of(inputs[0]).layout().permute(order)).tensor();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      int[] inverse = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        inverse[order[i]] = i;
      }
      return new Tensor[] {Node.apply(new Permute(inverse), gradient)};
    }
  }

  private static final class Expand extends Operation {
    private final Shape target;
    private Shape source;

    Expand(Shape target) {
      super("expand");
      this.target = target;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      source = inputs[0].shape();
      return of(inputs[0]).expand(target).tensor();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {Reductions.sumTo(gradient, source)};
    }
  }
}
