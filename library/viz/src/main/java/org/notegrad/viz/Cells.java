package org.notegrad.viz;

import java.util.Arrays;
import java.util.StringJoiner;
import org.notegrad.DType;
import org.notegrad.Tensor;

/**
 * The elements of a tensor that a picture shows: panels (all leading dimensions, flattened) of rows
 * (the last dimension but one) and columns (the last). Of a large tensor every n-th row and column
 * of the first panels.
 *
 * @param leading the sizes of the leading dimensions
 * @param allPanels their product
 * @param values panel by panel, row by row
 */
record Cells(
    DType dtype,
    int[] leading,
    int allPanels,
    int allRows,
    int allColumns,
    int panels,
    int rows,
    int columns,
    int rowStep,
    int columnStep,
    int rank,
    double[] values) {

  /** Reads at most {@code maxPanels} panels of {@code maxRows} by {@code maxColumns} elements. */
  static Cells of(Tensor tensor, int maxPanels, int maxRows, int maxColumns) {
    int rank = tensor.rank();
    var t = tensor.detach();
    for (int r = rank; r < 2; r++) {
      t = t.unsqueeze(0);
    }
    int allRows = t.size(-2);
    int allColumns = t.size(-1);
    int rowStep = Math.max(1, Math.ceilDiv(allRows, maxRows));
    int columnStep = Math.max(1, Math.ceilDiv(allColumns, maxColumns));
    t = t.slice(-2, 0, allRows, rowStep).slice(-1, 0, allColumns, columnStep);
    var leading = new int[t.rank() - 2];
    int allPanels = 1;
    for (int i = 0; i < leading.length; i++) {
      leading[i] = t.size(i);
      allPanels = Math.multiplyExact(allPanels, leading[i]);
    }
    int panels = Math.min(allPanels, maxPanels);
    return new Cells(
        tensor.dtype(),
        leading,
        allPanels,
        allRows,
        allColumns,
        panels,
        t.size(-2),
        t.size(-1),
        rowStep,
        columnStep,
        rank,
        firstPanels(t, panels));
  }

  /** Narrows each leading dimension to what the first panels need before anything is copied. */
  private static double[] firstPanels(Tensor t, int panels) {
    int inner = 1;
    for (int dim = t.rank() - 3; dim >= 0; dim--) {
      t = t.narrow(dim, 0, Math.min(t.size(dim), Math.ceilDiv(panels, inner)));
      inner *= t.size(dim);
    }
    var values = t.toDoubleArray();
    int wanted = panels * t.size(-2) * t.size(-1);
    return values.length == wanted ? values : Arrays.copyOf(values, wanted);
  }

  double value(int panel, int row, int column) {
    return values[(panel * rows + row) * columns + column];
  }

  boolean sampled() {
    return rowStep > 1 || columnStep > 1 || panels < allPanels;
  }

  /** The leading indices of a panel, {@code [2, 0]}. */
  String panelIndex(int panel) {
    return "[" + leadingIndex(panel) + "]";
  }

  /** The place of an element in the tensor, {@code [2, 0, 31, 7]}; {@code []} of a scalar. */
  String index(int panel, int row, int column) {
    var index = new StringJoiner(", ", "[", "]");
    if (leading.length > 0) {
      index.add(leadingIndex(panel));
    }
    if (rank >= 2) {
      index.add(Integer.toString(row * rowStep));
    }
    if (rank >= 1) {
      index.add(Integer.toString(column * columnStep));
    }
    return index.toString();
  }

  private String leadingIndex(int panel) {
    var index = new int[leading.length];
    int rest = panel;
    for (int i = leading.length - 1; i >= 0; i--) {
      index[i] = rest % leading[i];
      rest /= leading[i];
    }
    var text = new StringJoiner(", ");
    for (int i : index) {
      text.add(Integer.toString(i));
    }
    return text.toString();
  }

  /** A value with the digits that its type holds. */
  String text(double value) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 -> plain(Float.toString((float) value));
      case FLOAT64 -> plain(Double.toString(value));
      case INT32, INT64 -> Long.toString((long) value);
      case BOOL -> value == 0 ? "false" : "true";
    };
  }

  private static String plain(String text) {
    return switch (text) {
      case "NaN" -> "nan";
      case "Infinity" -> "inf";
      case "-Infinity" -> "-inf";
      default -> text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    };
  }

  /** What is left out, as a sentence; empty when nothing is. */
  String leftOut() {
    if (!sampled()) {
      return "";
    }
    var parts = new StringJoiner(", ");
    if (panels < allPanels) {
      parts.add("the first %s of %s slices".formatted(panels, Numbers.count(allPanels)));
    }
    if (rowStep > 1) {
      parts.add("every %s row".formatted(ordinal(rowStep)));
    }
    if (columnStep > 1) {
      parts.add("every %s %s".formatted(ordinal(columnStep), rank > 1 ? "column" : "element"));
    }
    return "picture: " + parts;
  }

  private static String ordinal(int n) {
    int tens = n % 100;
    var ending =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (n % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return Numbers.count(n) + ending;
  }
}
