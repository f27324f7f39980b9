// DoubleCopy.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of rows, whose elements are neighbours. */
final class FloatCopy {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Shorter rows are copied here: the call of a copy would take longer. */
  private static final int SHORT = 4 * SPECIES.length();

  private FloatCopy() {}

  static void rows(
      float[] x, int at, int rowStep, int rows, int columns, float[] to, int start, int step) {
    if (columns > SHORT || columns < SPECIES.length() || rows == 1) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(x, at + i * rowStep, to, start + i * step, columns);
      }
      return;
    }
    int end = SPECIES.loopBound(columns);
    for (int i = 0; i < rows; i++) {
      int from = at + i * rowStep;
      int out = start + i * step;
      for (int j = 0; j < end; j += SPECIES.length()) {
        FloatVector.fromArray(SPECIES, x, from + j).intoArray(to, out + j);
      }
      if (end < columns) { // the last vector, of which something was copied before
        FloatVector.fromArray(SPECIES, x, from + columns - SPECIES.length())
            .intoArray(to, out + columns - SPECIES.length());
      }
    }
  }
}
