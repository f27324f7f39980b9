// DoublePlaces.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Where the extremes of float32 are. */
final class FloatPlaces {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatPlaces() {}

  /** The first place of {@code value}, which is one of the elements, or of a NaN if it is NaN. */
  static int first(float[] x, int at, int n, float value) {
    int i = 0;
    boolean nan = Float.isNaN(value);
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector here = fromArray(SPECIES, x, at + i);
      VectorMask<Float> found =
          nan ? here.test(VectorOperators.IS_NAN) : here.compare(VectorOperators.EQ, value);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
    while (nan ? !Float.isNaN(x[at + i]) : x[at + i] != value) {
      i++;
    }
    return i;
  }

  /** See {@link FloatSums#firstRows}; {@code n} columns from the first on. */
  static void firstRows(
      float[] x, int at, int rowStep, int rows, int n, float sign, float[] best, float[] places) {
    int end = SPECIES.loopBound(n);
    for (int j = 0; j < end; j += LANES) {
      fromArray(SPECIES, x, at + j).mul(sign).intoArray(best, j);
      FloatVector.zero(SPECIES).intoArray(places, j);
    }
    for (int i = 1; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = 0; j < end; j += LANES) {
        FloatVector before = fromArray(SPECIES, best, j);
        FloatVector value = fromArray(SPECIES, x, row + j).mul(sign);
        VectorMask<Float> better = value.compare(VectorOperators.LE, before).not();
        better = better.and(before.compare(VectorOperators.EQ, before)); // what is NaN stays
        before.blend(value, better).intoArray(best, j);
        fromArray(SPECIES, places, j).blend(i, better).intoArray(places, j);
      }
    }
    FloatSums.firstRows(x, at, rowStep, rows, end, n, sign, best, places);
  }
}
