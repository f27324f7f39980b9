package org.notegrad;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.notegrad.ops.Copies;

/**
 * Tensors as PyTorch prints them: four decimals, whole numbers with a point, scientific where
 * values lie far apart, three at each edge of what is long, and lines of 80 columns. Truth values
 * and attributes are Java's.
 */
final class TensorText {
  private static final int EDGE = 3;
  private static final long SUMMARIZE_ABOVE = 1000;
  private static final int LINE = 80;

  private final double[] values;
  private final long[] integers;
  private final int[] sizes;
  private final int[] blocks;
  private final boolean summarize;
  private final DType dtype;
  private final List<Integer> shown = new ArrayList<>();
  private boolean scientific;
  private boolean whole = true;
  private int width;

  private TensorText(Tensor x) {
    summarize = x.numel() > SUMMARIZE_ABOVE;
    sizes = x.shape().toArray();
    dtype = x.dtype();
    Tensor part = shown(x.detach(), 0);
    values = part.toDoubleArray();
    integers = dtype.isInteger() ? part.toLongArray() : null;
    blocks = new int[sizes.length];
    int block = 1;
    for (int dim = sizes.length - 1; dim >= 0; dim--) {
      blocks[dim] = block;
      block *= part.size(dim);
    }
    if (values.length > 0) {
      collect(0, 0);
    }
    chooseFormat();
    for (int at : shown) {
      width = Math.max(width, number(at).length());
    }
  }

  static String of(Tensor x) {
    var text = new TensorText(x);
    var out = new StringBuilder("tensor(");
    text.write(out, 0, 0, out.length());
    if (x.numel() == 0 && x.rank() != 1) {
      out.append(", shape=").append(x.shape());
    }
    boolean implied =
        switch (x.dtype()) {
          case FLOAT32 -> true;
          case INT64, BOOL -> x.numel() > 0;
          case INT32, FLOAT16, BFLOAT16, FLOAT64 -> false;
        };
    if (!implied) {
      out.append(", dtype=").append(x.dtype());
    }
    if (!x.device().equals(Device.CPU)) {
      out.append(", device=").append(x.device());
    }
    if (x.gradFn() != null) {
      out.append(", gradFn=").append(x.gradFn());
    } else if (x.requiresGrad()) {
      out.append(", requiresGrad=true");
    }
    return out.append(')').toString();
  }

  /** The edges of all dimensions from {@code dim} on that are cut: the rest is never copied. */
  private Tensor shown(Tensor x, int dim) {
    if (dim == sizes.length) {
      return x;
    }
    if (!isCut(sizes[dim])) {
      return shown(x, dim + 1);
    }
    Tensor first = shown(x.narrow(dim, 0, EDGE), dim + 1);
    Tensor last = shown(x.narrow(dim, sizes[dim] - EDGE, EDGE), dim + 1);
    return Copies.cat(dim, first, last);
  }

  private boolean isCut(int size) {
    return summarize && size > 2 * EDGE;
  }

  /** Where index {@code i} of dimension {@code dim} lies among what is shown. */
  private int place(int dim, int i) {
    boolean last = isCut(sizes[dim]) && i >= EDGE;
    return (last ? i - sizes[dim] + 2 * EDGE : i) * blocks[dim];
  }

  /** The index after {@code i} that is shown: the middle of a long dimension is left out. */
  private int next(int i, int size) {
    return isCut(size) && i == EDGE - 1 ? size - EDGE : i + 1;
  }

  private void collect(int dim, int at) {
    if (dim == sizes.length) {
      shown.add(at);
      return;
    }
    for (int i = 0; i < sizes[dim]; i = next(i, sizes[dim])) {
      collect(dim + 1, at + place(dim, i));
    }
  }

  private void chooseFormat() {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int at : shown) {
      double value = values[at];
      if (Double.isFinite(value) && value != 0) {
        largest = Math.max(largest, Math.abs(value));
        smallest = Math.min(smallest, Math.abs(value));
        whole &= value == Math.rint(value);
      }
    }
    scientific =
        largest > 0 && (largest / smallest > 1000 || largest > 1e8 || !whole && smallest < 1e-4);
  }

  private void write(StringBuilder out, int dim, int at, int indent) {
    if (dim == sizes.length) {
      String text = number(at);
      out.append(sizes.length == 0 ? "" : " ".repeat(width - text.length())).append(text);
      return;
    }
    if (values.length == 0) {
      out.append("[]");
      return;
    }
    boolean innermost = dim == sizes.length - 1;
    int perLine = innermost ? Math.max(1, (LINE - indent) / (width + 2)) : 1;
    String newLine =
        ",\n"
            .concat("\n".repeat(Math.max(0, sizes.length - dim - 2)))
            .concat(" ".repeat(indent + 1));
    out.append('[');
    int items = 0;
    for (int i = 0; i < sizes[dim]; i = next(i, sizes[dim])) {
      out.append(items == 0 ? "" : items % perLine == 0 ? newLine : ", ");
      write(out, dim + 1, at + place(dim, i), indent + 1);
      items++;
      if (next(i, sizes[dim]) > i + 1) {
        out.append(items % perLine == 0 ? newLine : ", ").append(innermost ? " ..." : "...");
        items++;
      }
    }
    out.append(']');
  }

  private String number(int at) {
    double value = values[at];
    if (dtype == DType.BOOL) {
      return value != 0 ? "true" : "false";
    }
    if (integers != null) {
      return Long.toString(integers[at]);
    }
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (scientific) {
      return String.format(Locale.ROOT, "%.4e", value);
    }
    return String.format(Locale.ROOT, whole ? "%.0f." : "%.4f", value);
  }
}
