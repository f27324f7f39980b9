// DoubleDots.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a few rows by columns whose elements are neighbours, as one example by a layer's
 * weight: dot products along k, which read b once, where it lies. Each is summed in {@link #SUMS}
 * lanes, which are then joined in one order: so all widths of vectors give the same bits.
 */
final class FloatDots {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** As many as the widest vectors have. */
  private static final int SUMS = 64 / Float.BYTES;

  /** Columns that share what they read of a. */
  private static final int TOGETHER = 4;

  private static final int FEW = 4;

  private static final ThreadLocal<float[]> OF_THREAD =
      ThreadLocal.withInitial(() -> new float[TOGETHER * SUMS]);

  private FloatDots() {}

  static boolean takes(FloatProduct x) {
    return x.m() <= FEW
        && x.a() instanceof FloatStrides a
        && a.columnStep() == 1
        && x.b() instanceof FloatStrides b
        && b.rowStep() == 1
        && b.columnStep() != 1
        && x.k() >= SUMS;
  }

  /** The columns {@code from} to {@code to} of c. */
  static void part(FloatProduct x, int from, int to) {
    var a = (FloatStrides) x.a();
    var b = (FloatStrides) x.b();
    float[] sums = OF_THREAD.get();
    int end = x.k() / SUMS * SUMS;
    for (int j = from; j < to; j += TOGETHER) {
      int columns = Math.min(TOGETHER, to - j);
      for (int i = 0; i < x.m(); i++) {
        int p = a.index(i, 0);
        if (columns == TOGETHER) {
          four(end, a.array(), p, b.array(), b.index(0, j), b.columnStep(), sums);
        } else {
          for (int q = 0; q < columns; q++) {
            one(end, a.array(), p, b.array(), b.index(0, j + q), sums, q * SUMS);
          }
        }
        for (int q = 0; q < columns; q++) {
          rest(end, x.k(), a.array(), p, b.array(), b.index(0, j + q), sums, q * SUMS);
          float sum = joined(sums, q * SUMS);
          x.c()[x.index(i, j + q)] = x.bias() == null ? sum : x.bias().get(0, j + q) + sum;
        }
      }
    }
  }

  private static void four(int k, float[] a, int aAt, float[] b, int bAt, int step, float[] sums) {
    for (int lane = 0; lane < SUMS; lane += LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      for (int p = lane; p < k; p += SUMS) {
        FloatVector x = fromArray(SPECIES, a, aAt + p);
        int q = bAt + p;
        s0 = fromArray(SPECIES, b, q).fma(x, s0);
        s1 = fromArray(SPECIES, b, q + step).fma(x, s1);
        s2 = fromArray(SPECIES, b, q + 2 * step).fma(x, s2);
        s3 = fromArray(SPECIES, b, q + 3 * step).fma(x, s3);
      }
      s0.intoArray(sums, lane);
      s1.intoArray(sums, SUMS + lane);
      s2.intoArray(sums, 2 * SUMS + lane);
      s3.intoArray(sums, 3 * SUMS + lane);
    }
  }

  private static void one(int k, float[] a, int aAt, float[] b, int bAt, float[] sums, int at) {
    for (int lane = 0; lane < SUMS; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int p = lane; p < k; p += SUMS) {
        sum = fromArray(SPECIES, b, bAt + p).fma(fromArray(SPECIES, a, aAt + p), sum);
      }
      sum.intoArray(sums, at + lane);
    }
  }

  /** The last steps of k, fewer than there are lanes. */
  private static void rest(
      int from, int k, float[] a, int aAt, float[] b, int bAt, float[] sums, int at) {
    for (int p = from; p < k; p++) {
      int lane = at + p - from;
      sums[lane] = Math.fma(a[aAt + p], b[bAt + p], sums[lane]);
    }
  }

  private static float joined(float[] sums, int at) {
    for (int half = SUMS / 2; half > 0; half /= 2) {
      for (int lane = at; lane < at + half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return sums[at];
  }
}
