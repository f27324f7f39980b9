package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import java.util.Arrays;
import org.notegrad.Dim;
import org.notegrad.Functional;
import org.notegrad.MultiNode;
import org.notegrad.Node;
import org.notegrad.PartNode;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Layout;

/** Views of parts of a tensor, one or all at once. */
public final class Slices {
  private Slices() {}

  public static Tensor select(Tensor x, int dim, int index) {
    requireDimension("select", x);
    int at = Dim.resolve("select", dim, x.shape());
    int size = x.size(at);
    int resolved = index < 0 ? index + size : index;
    if (resolved < 0 || resolved >= size) {
      throw new ShapeException(
          "select",
          x.shape(),
          "index %d is not in [%d, %d) of dimension %d",
          index,
          -size,
          size,
          at);
    }
    return slice("select", x, at, resolved, 1, 1).squeeze(at);
  }

  private static void requireDimension(String op, Tensor x) {
    if (x.rank() == 0) {
      throw new ShapeException(op, x.shape(), "a scalar has no dimension to index");
    }
  }

  public static Tensor narrow(Tensor x, int dim, int start, int length) {
    requireDimension("narrow", x);
    int at = Dim.resolve("narrow", dim, x.shape());
    int size = x.size(at);
    if (start < 0 || length < 0 || length > size - start) {
      throw new ShapeException(
          "narrow",
          x.shape(),
          "%d elements from %d are not inside dimension %d of size %d",
          length,
          start,
          at,
          size);
    }
    return slice("narrow", x, at, start, length, 1);
  }

  /**
   * As Python's {@code x[start:end:step]}: negative bounds count from the end, and bounds are
   * clipped.
   */
  public static Tensor slice(Tensor x, int dim, int start, int end, int step) {
    if (step <= 0) {
      throw new ShapeException("slice", x.shape(), "step %d is not positive", step);
    }
    requireDimension("slice", x);
    int at = Dim.resolve("slice", dim, x.shape());
    int size = x.size(at);
    int from = Math.clamp(start < 0 ? start + size : start, 0, size);
    int to = Math.clamp(end < 0 ? end + size : end, from, size);
    return slice("slice", x, at, from, Math.ceilDiv(to - from, step), step);
  }

  private static Tensor slice(String name, Tensor x, int dim, int start, int length, int step) {
    return Node.apply(new Slice(name, dim, start, length, length > 1 ? step : 1), x);
  }

  /** One view for each index along {@code dim}, which goes. */
  public static Tensor[] unbind(Tensor x, int dim) {
    requireDimension("unbind", x);
    int at = Dim.resolve("unbind", dim, x.shape());
    int[] ones = new int[x.size(at)];
    Arrays.fill(ones, 1);
    return Node.apply(new Split("unbind", at, ones, true), x);
  }

  /** Pieces of {@code size}; the last may be smaller. */
  public static Tensor[] split(Tensor x, int size, int dim) {
    requireDimension("split", x);
    int at = Dim.resolve("split", dim, x.shape());
    int total = x.size(at);
    if (size < 0 || size == 0 && total > 0) {
      throw new ShapeException(
          "split", x.shape(), "pieces of size %d do not fill dimension %d of %d", size, at, total);
    }
    return Node.apply(new Split("split", at, pieces(total, size), false), x);
  }

  /** Pieces of these sizes. */
  public static Tensor[] split(Tensor x, int[] sizes, int dim) {
    requireDimension("split", x);
    int at = Dim.resolve("split", dim, x.shape());
    long total = 0;
    boolean negative = false;
    for (int size : sizes) {
      total += size;
      negative |= size < 0;
    }
    if (negative || total != x.size(at)) {
      throw new ShapeException(
          "split",
          x.shape(),
          "pieces of sizes %s do not fill dimension %d of %d",
          Arrays.toString(sizes),
          at,
          x.size(at));
    }
    return Node.apply(new Split("split", at, sizes.clone(), false), x);
  }

  /** As many pieces, or fewer where there is too little; all of one size but the last. */
  public static Tensor[] chunk(Tensor x, int chunks, int dim) {
    requireDimension("chunk", x);
    int at = Dim.resolve("chunk", dim, x.shape());
    if (chunks <= 0) {
      throw new ShapeException("chunk", x.shape(), "%d chunks; at least one expected", chunks);
    }
    int total = x.size(at);
    int[] sizes = total == 0 ? new int[chunks] : pieces(total, Math.ceilDiv(total, chunks));
    return Node.apply(new Split("chunk", at, sizes, false), x);
  }

  private static int[] pieces(int total, int size) {
    int[] sizes = new int[total == 0 ? 1 : Math.ceilDiv(total, size)];
    Arrays.fill(sizes, size);
    sizes[sizes.length - 1] = total - (sizes.length - 1) * size;
    return sizes;
  }

  private static final class Slice extends PartNode {
    private final int dim;
    private final int start;
    private final int length;
    private final int step;

    Slice(String name, int dim, int start, int length, int step) {
      super(name);
      this.dim = dim;
      this.start = start;
      this.length = length;
      this.step = step;
    }

    private Layout in(Tensor whole) {
      return of(whole).layout().slice(dim, start, length, step);
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      return of(inputs[0]).with(in(inputs[0])).tensor();
    }

    @Override
    protected void addTo(Tensor whole, Tensor part) {
      var place = of(whole).with(in(whole));
      place.backend().binary(BinaryOp.ADD, place, of(part), place);
    }

    @Override
    protected Tensor pick(Tensor whole) {
      return Node.apply(new Slice(name(), dim, start, length, step), whole);
    }
  }

  /** Neighbouring pieces along a dimension, which goes if each is a single index. */
  private static final class Split extends MultiNode {
    private final int dim;
    private final int[] sizes;
    private final boolean drops;

    Split(String name, int dim, int[] sizes, boolean drops) {
      super(name);
      this.dim = dim;
      this.sizes = sizes;
      this.drops = drops;
    }

    @Override
    protected boolean returnsNew() {
      return true;
    }

    @Override
    protected Tensor[] forwardAll(Tensor... inputs) {
      var x = of(inputs[0]);
      Tensor[] parts = new Tensor[sizes.length];
      int start = 0;
      for (int i = 0; i < sizes.length; i++) {
        Layout part = drops ? x.layout().select(dim, i) : x.layout().slice(dim, start, sizes[i], 1);
        parts[i] = x.with(part).tensor();
        start += sizes[i];
      }
      return parts;
    }

    @Override
    protected Tensor[] backwardAll(Tensor[] gradients) {
      Tensor some = null;
      for (Tensor gradient : gradients) {
        some = gradient == null ? some : gradient;
      }
      Tensor[] parts = new Tensor[gradients.length];
      for (int i = 0; i < parts.length; i++) {
        Shape shape = shape(i);
        parts[i] = gradients[i] == null ? Creation.empty(some.dtype(), shape, some) : gradients[i];
      }
      return new Tensor[] {drops ? Functional.stack(dim, parts) : Functional.cat(dim, parts)};
    }
  }
}
