package org.notegrad;

import java.util.Locale;

/** Tensors as PyTorch prints them. */
final class TensorText {
  private static final int EDGE = 3;
  private static final long SUMMARIZE_ABOVE = 1000;

  private final double[] values;
  private final int[] sizes;
  private final boolean summarize;
  private final DType dtype;
  private final boolean scientific;
  private final boolean whole;
  private int width;

  private TensorText(Tensor x) {
    values = x.detach().toDoubleArray();
    sizes = x.shape().toArray();
    summarize = x.numel() > SUMMARIZE_ABOVE;
    dtype = x.dtype();
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    boolean allWhole = true;
    for (double value : values) {
      if (Double.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
        smallest = value == 0 ? smallest : Math.min(smallest, Math.abs(value));
        allWhole &= value == Math.rint(value);
      }
    }
    whole = allWhole && largest < 1e8;
    scientific =
        !whole && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000 && largest > 1e4);
    for (double value : values) {
      width = Math.max(width, number(value).length());
    }
  }

  static String of(Tensor x) {
    var text = new TensorText(x);
    var out = new StringBuilder("tensor(");
    text.write(out, 0, 0, values(x), "tensor(".length());
    if (x.numel() == 0 && x.rank() != 1) {
      out.append(", shape=").append(x.shape());
    }
    boolean standard =
        x.dtype() == DType.FLOAT32
            || (x.dtype() == DType.INT64 || x.dtype() == DType.BOOL) && x.numel() > 0;
    if (!standard) {
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

  private static int values(Tensor x) {
    return (int) x.numel();
  }

  private void write(StringBuilder out, int dim, int at, int count, int indent) {
    if (dim == sizes.length) {
      out.append(padded(values[at]));
      return;
    }
    int size = sizes[dim];
    int block = size == 0 ? 0 : count / size;
    boolean last = dim == sizes.length - 1;
    out.append('[');
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(
            last
                ? ", "
                : ",\n".repeat(1) + "\n".repeat(sizes.length - dim - 2) + " ".repeat(indent + 1));
      }
      if (summarize && size > 2 * EDGE && i == EDGE) {
        out.append("...");
        i = size - EDGE - 1;
        continue;
      }
      write(out, dim + 1, at + i * block, block, indent + 1);
    }
    out.append(']');
  }

  private String padded(double value) {
    String text = number(value);
    return sizes.length == 0 ? text : " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private String number(double value) {
    if (dtype == DType.BOOL) {
      return value != 0 ? "true" : "false";
    }
    if (dtype == DType.INT64) {
      return Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (whole) {
      return String.format(Locale.ROOT, "%.0f.", value);
    }
    return String.format(Locale.ROOT, scientific ? "%.4e" : "%.4f", value);
  }
}
