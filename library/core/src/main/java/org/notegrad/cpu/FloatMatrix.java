// DoubleMatrix.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

/**
 * An operand of a float32 product. How it lies in memory, and in which type, is its own affair:
 * products copy blocks of it into the order in which they read them.
 */
interface FloatMatrix {
  float get(int row, int column);

  /** Whether the elements of a row lie nearer to each other than those of a column. */
  boolean isByRows();

  /** Copies a block to {@code to[at + i * step + j]}. */
  void copy(int row, int column, int rows, int columns, float[] to, int at, int step);
}
