// DoubleCopy.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of rows, whose elements are neighbours. */
final class FloatCopy {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatCopy() {}

  /** The widths of strips, of which many are copied, have loops of their own. */
  static void rows(
      float[] x, int at, int rowStep, int rows, int columns, float[] to, int start, int step) {
    if (columns == 3 * LANES) {
      three(x, at, rowStep, rows, to, start, step);
    } else if (columns == 2 * LANES) {
      two(x, at, rowStep, rows, to, start, step);
    } else if (columns == LANES) {
      one(x, at, rowStep, rows, to, start, step);
    } else {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(x, at + i * rowStep, to, start + i * step, columns);
      }
    }
  }

  private static void three(
      float[] x, int at, int rowStep, int rows, float[] to, int start, int step) {
    int from = at;
    int out = start;
    for (int i = 0; i < rows; i++) {
      fromArray(SPECIES, x, from).intoArray(to, out);
      fromArray(SPECIES, x, from + LANES).intoArray(to, out + LANES);
      fromArray(SPECIES, x, from + 2 * LANES).intoArray(to, out + 2 * LANES);
      from += rowStep;
      out += step;
    }
  }

  private static void two(
      float[] x, int at, int rowStep, int rows, float[] to, int start, int step) {
    int from = at;
    int out = start;
    for (int i = 0; i < rows; i++) {
      fromArray(SPECIES, x, from).intoArray(to, out);
      fromArray(SPECIES, x, from + LANES).intoArray(to, out + LANES);
      from += rowStep;
      out += step;
    }
  }

  private static void one(
      float[] x, int at, int rowStep, int rows, float[] to, int start, int step) {
    int from = at;
    int out = start;
    for (int i = 0; i < rows; i++) {
      fromArray(SPECIES, x, from).intoArray(to, out);
      from += rowStep;
      out += step;
    }
  }
}
