package org.notegrad.cpu;

/**
 * Partial results of a reduction, numbered from 0, each for elements of its own; every thread works
 * on others of them.
 */
interface Partials {
  /** The most results that {@link #columns} may be asked for at once. */
  int STRIP = 1024;

  /** The place of an extreme of no element. */
  int NOWHERE = -1;

  /** Sets results to what no element gives. */
  void clear(int from, int to);

  /**
   * Joins {@code n} elements, {@code step} apart, into each of {@code rows} results from {@code to}
   * on; rows are {@code rowStep} apart. The first element is number {@code first} of its result's.
   */
  void rows(int at, int rowStep, int rows, int step, int n, int first, int to);

  /**
   * Joins {@code rows} rows of {@code n} neighbours into the {@code n} results from {@code to} on.
   * A row is {@code together} rows of the tensor, the first of which has the number {@code first}.
   */
  void columns(int at, int rowStep, int rows, int n, int first, int together, int to);

  /** Joins one result into another. */
  void join(int from, int to);

  /** Writes {@code n} results to the tensor that was asked for. */
  void store(int from, int n, int outAt, int outStep);
}
