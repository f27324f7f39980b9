// DoubleReduce.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The sums and extremes of {@link FloatSums} by vectors: the same order, the same bits. */
final class FloatReduce {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int SUMS = FloatSums.LANES;

  private FloatReduce() {}

  /** See {@link FloatSums#sum}: the logical lanes are those of 1, 2 or 4 vectors. */
  static float sum(float[] x, int at, int n, float[] lanes) {
    for (int first = 0; first < SUMS; first += LANES) {
      lanes(x, at, n, first, lanes);
    }
    return FloatSums.joined(lanes);
  }

  /** The sums of a vector's logical lanes, from lane {@code first} on. */
  private static void lanes(float[] x, int at, int n, int first, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = at + first;
    int end = at + n / (FloatSums.TREE * SUMS) * FloatSums.TREE * SUMS;
    for (; i < end; i += FloatSums.TREE * SUMS) {
      // written out here and below: called, it is not always inlined, and then makes objects
      FloatVector a = fromArray(SPECIES, x, i).add(fromArray(SPECIES, x, i + SUMS));
      FloatVector b = fromArray(SPECIES, x, i + 2 * SUMS).add(fromArray(SPECIES, x, i + 3 * SUMS));
      FloatVector c = fromArray(SPECIES, x, i + 4 * SUMS).add(fromArray(SPECIES, x, i + 5 * SUMS));
      FloatVector d = fromArray(SPECIES, x, i + 6 * SUMS).add(fromArray(SPECIES, x, i + 7 * SUMS));
      sum = sum.add(a.add(b).add(c.add(d)));
    }
    for (end = at + n / SUMS * SUMS; i < end; i += SUMS) {
      sum = sum.add(fromArray(SPECIES, x, i));
    }
    if (i < at + n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, at + n);
      sum = sum.add(fromArray(SPECIES, x, i, mask), mask);
    }
    sum.intoArray(lanes, first);
  }

  /** See {@link FloatSums#addRows}; {@code n} columns from the first on. */
  static void addRows(float[] x, int at, int rowStep, int rows, int n, float[] sums) {
    int end = SPECIES.loopBound(n);
    int trees = rows / FloatSums.TREE * FloatSums.TREE;
    for (int i = 0; i < trees; i += FloatSums.TREE) {
      int low = at + i * rowStep;
      int high = low + 4 * rowStep;
      for (int j = 0; j < end; j += LANES) {
        int p = low + j;
        int q = high + j;
        FloatVector a = fromArray(SPECIES, x, p).add(fromArray(SPECIES, x, p + rowStep));
        FloatVector b =
            fromArray(SPECIES, x, p + 2 * rowStep).add(fromArray(SPECIES, x, p + 3 * rowStep));
        FloatVector c = fromArray(SPECIES, x, q).add(fromArray(SPECIES, x, q + rowStep));
        FloatVector d =
            fromArray(SPECIES, x, q + 2 * rowStep).add(fromArray(SPECIES, x, q + 3 * rowStep));
        fromArray(SPECIES, sums, j).add(a.add(b).add(c.add(d))).intoArray(sums, j);
      }
    }
    for (int i = trees; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = 0; j < end; j += LANES) {
        fromArray(SPECIES, sums, j).add(fromArray(SPECIES, x, row + j)).intoArray(sums, j);
      }
    }
    FloatSums.addRows(x, at, rowStep, rows, end, n, sums);
  }

  static float max(float[] x, int at, int n) {
    FloatVector a = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (int end = n / (4 * LANES) * 4 * LANES; i < end; i += 4 * LANES) {
      a = a.max(fromArray(SPECIES, x, at + i));
      b = b.max(fromArray(SPECIES, x, at + i + LANES));
      c = c.max(fromArray(SPECIES, x, at + i + 2 * LANES));
      d = d.max(fromArray(SPECIES, x, at + i + 3 * LANES));
    }
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      a = a.max(fromArray(SPECIES, x, at + i));
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      b = b.max(fromArray(SPECIES, x, at + i, mask).blend(Float.NEGATIVE_INFINITY, mask.not()));
    }
    return a.max(b).max(c.max(d)).reduceLanes(VectorOperators.MAX);
  }

  static float min(float[] x, int at, int n) {
    FloatVector a = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (int end = n / (4 * LANES) * 4 * LANES; i < end; i += 4 * LANES) {
      a = a.min(fromArray(SPECIES, x, at + i));
      b = b.min(fromArray(SPECIES, x, at + i + LANES));
      c = c.min(fromArray(SPECIES, x, at + i + 2 * LANES));
      d = d.min(fromArray(SPECIES, x, at + i + 3 * LANES));
    }
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      a = a.min(fromArray(SPECIES, x, at + i));
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      b = b.min(fromArray(SPECIES, x, at + i, mask).blend(Float.POSITIVE_INFINITY, mask.not()));
    }
    return a.min(b).min(c.min(d)).reduceLanes(VectorOperators.MIN);
  }

  /** See {@link FloatSums#maxRows}; {@code n} columns from the first on. */
  static void maxRows(float[] x, int at, int rowStep, int rows, int n, float[] best) {
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = 0; j < end; j += LANES) {
        fromArray(SPECIES, best, j).max(fromArray(SPECIES, x, row + j)).intoArray(best, j);
      }
    }
    FloatSums.maxRows(x, at, rowStep, rows, end, n, best);
  }

  /** See {@link FloatSums#minRows}; {@code n} columns from the first on. */
  static void minRows(float[] x, int at, int rowStep, int rows, int n, float[] best) {
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = 0; j < end; j += LANES) {
        fromArray(SPECIES, best, j).min(fromArray(SPECIES, x, row + j)).intoArray(best, j);
      }
    }
    FloatSums.minRows(x, at, rowStep, rows, end, n, best);
  }
}
