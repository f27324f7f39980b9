// DoubleStrides.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;

/** A matrix of float32 in an array: a transposed one has its two steps exchanged. */
record FloatStrides(float[] array, int at, int rowStep, int columnStep) implements FloatMatrix {
  /** What x has for the matrix number {@code batch} of {@code out}. */
  static FloatStrides of(Operand x, Operand out, int batch) {
    Layout layout = x.layout();
    int rank = layout.rank();
    int rowStep = (int) layout.stride(rank - 2);
    return new FloatStrides(
        CpuBackend.floats(x),
        CpuMatmul.start(x, out, batch),
        rowStep,
        (int) layout.stride(rank - 1));
  }

  @Override
  public float get(int row, int column) {
    return array[index(row, column)];
  }

  @Override
  public boolean isByRows() {
    return Math.abs(columnStep) <= Math.abs(rowStep);
  }

  int index(int row, int column) {
    return at + row * rowStep + column * columnStep;
  }

  /** The part that starts at a row and a column. */
  FloatStrides from(int row, int column) {
    return new FloatStrides(array, index(row, column), rowStep, columnStep);
  }

  /** The transposed matrix. */
  FloatStrides turned() {
    return new FloatStrides(array, at, columnStep, rowStep);
  }

  @Override
  public void copy(int row, int column, int rows, int columns, float[] to, int start, int step) {
    int from = index(row, column);
    if (columnStep == 1) {
      FloatCopy.rows(array, from, rowStep, rows, columns, to, start, step);
    } else if (rowStep == 1) {
      FloatTranspose.transpose(array, from, columnStep, columns, rows, to, start, step);
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          to[start + i * step + j] = array[from + i * rowStep + j * columnStep];
        }
      }
    }
  }
}
