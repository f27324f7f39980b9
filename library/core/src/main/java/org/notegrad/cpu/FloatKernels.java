// DoubleKernels.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;

/**
 * The inner loops over float32: one run at a time, on one thread. A run starts at {@code xAt} and
 * advances by {@code xStep}, which is 0 for an element that is repeated. Nothing here allocates,
 * decides or waits.
 */
interface FloatKernels {
  void unary(UnaryOp op, float[] x, int xAt, int xStep, float[] out, int outAt, int outStep, int n);

  /** {@code out} may be a or b. */
  void binary(
      BinaryOp op,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int outAt,
      int outStep,
      int n);

  void compare(
      CompareOp op,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      byte[] out,
      int outAt,
      int outStep,
      int n);

  /** {@code out = condition != 0 ? a : b}; the condition is 0 or 1. */
  void where(
      byte[] condition,
      int at,
      int step,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int outAt,
      int outStep,
      int n);

  /**
   * Joins contiguous rows of {@code n} elements into one result each, in the order of {@link
   * FloatSums}.
   */
  void reduceRows(
      ReduceOp op, float[] x, int xAt, int rowStep, int rows, int n, double[] results, int at);

  /**
   * Joins rows of {@code n} neighbouring elements into {@code n} results, one for each column, in
   * the order of {@link FloatSums}. {@code scratch} has room for n elements.
   */
  void reduceColumns(
      ReduceOp op,
      float[] x,
      int xAt,
      int rowStep,
      int rows,
      int n,
      float[] scratch,
      double[] results,
      int at);

  /** Where the first NaN of a row is, or else the first largest of {@code sign x}. */
  int first(float[] x, int xAt, int n, float sign);

  /**
   * The first NaN, or else the first largest of {@code sign x}, of each of {@code n} neighbouring
   * columns, and the number of its row; there are at most 2^20 rows.
   */
  void firstRows(
      float[] x, int xAt, int rowStep, int rows, int n, float sign, float[] best, float[] places);

  /** A product of matrices, on all threads. */
  void matmul(FloatProduct product);

  /**
   * A matrix of {@code rows} and {@code columns} in the order in which products read what stands on
   * their right; it is a copy, or the matrix itself.
   */
  FloatMatrix pack(FloatMatrix b, int rows, int columns);

  /** Softmax of each row, or its logarithm; rows are contiguous. */
  void softmaxRows(
      float[] x, int xAt, float[] out, int outAt, int rows, int columns, boolean logarithm);

  /** {@code log(sum(exp(row)))} of one contiguous row. */
  double logSumExp(float[] x, int xAt, int columns);
}
