package org.notegrad.cpu;

import static jdk.incubator.vector.DoubleVector.fromArray;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of the double64 matrix product: one tile of the result, held in local variables
 * while k runs. There is a copy of this class for each {@link GemmShape}; what its shape does not
 * have is gone when the JIT has compiled it. Each element of the result is one chain of fused
 * multiply-adds in the order of k, so shapes, widths and threads do not change its bits.
 */
final class DoubleTile implements DoubleGemm.Tile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final GemmShape SHAPE =
      Specialised.constant(MethodHandles.lookup(), GemmShape.class);
  private static final int ROWS = SHAPE == null ? 0 : SHAPE.rows();
  private static final boolean TWO = SHAPE != null && SHAPE.vectors() == 2;
  private static final int WIDTH = TWO ? 2 * LANES : LANES;

  @Override
  public void run(
      int k,
      double[] a,
      int aAt,
      double[] b,
      int bAt,
      double[] c,
      int cAt,
      int cRow,
      int rows,
      int columns,
      boolean accumulate) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    DoubleVector c60 = zero;
    DoubleVector c61 = zero;
    DoubleVector c70 = zero;
    DoubleVector c71 = zero;
    int p = aAt;
    for (int q = bAt, end = bAt + k * WIDTH; q < end; q += WIDTH) {
      DoubleVector b0 = fromArray(SPECIES, b, q);
      DoubleVector b1 = TWO ? fromArray(SPECIES, b, q + LANES) : b0;
      if (ROWS > 0) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 0]);
        c00 = b0.fma(x, c00);
        if (TWO) {
          c01 = b1.fma(x, c01);
        }
      }
      if (ROWS > 1) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 1]);
        c10 = b0.fma(x, c10);
        if (TWO) {
          c11 = b1.fma(x, c11);
        }
      }
      if (ROWS > 2) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 2]);
        c20 = b0.fma(x, c20);
        if (TWO) {
          c21 = b1.fma(x, c21);
        }
      }
      if (ROWS > 3) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 3]);
        c30 = b0.fma(x, c30);
        if (TWO) {
          c31 = b1.fma(x, c31);
        }
      }
      if (ROWS > 4) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 4]);
        c40 = b0.fma(x, c40);
        if (TWO) {
          c41 = b1.fma(x, c41);
        }
      }
      if (ROWS > 5) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 5]);
        c50 = b0.fma(x, c50);
        if (TWO) {
          c51 = b1.fma(x, c51);
        }
      }
      if (ROWS > 6) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 6]);
        c60 = b0.fma(x, c60);
        if (TWO) {
          c61 = b1.fma(x, c61);
        }
      }
      if (ROWS > 7) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p + 7]);
        c70 = b0.fma(x, c70);
        if (TWO) {
          c71 = b1.fma(x, c71);
        }
      }
      p += ROWS;
    }
    if (ROWS > 0 && rows > 0) {
      store(c00, c01, c, cAt + 0 * cRow, columns, accumulate);
    }
    if (ROWS > 1 && rows > 1) {
      store(c10, c11, c, cAt + 1 * cRow, columns, accumulate);
    }
    if (ROWS > 2 && rows > 2) {
      store(c20, c21, c, cAt + 2 * cRow, columns, accumulate);
    }
    if (ROWS > 3 && rows > 3) {
      store(c30, c31, c, cAt + 3 * cRow, columns, accumulate);
    }
    if (ROWS > 4 && rows > 4) {
      store(c40, c41, c, cAt + 4 * cRow, columns, accumulate);
    }
    if (ROWS > 5 && rows > 5) {
      store(c50, c51, c, cAt + 5 * cRow, columns, accumulate);
    }
    if (ROWS > 6 && rows > 6) {
      store(c60, c61, c, cAt + 6 * cRow, columns, accumulate);
    }
    if (ROWS > 7 && rows > 7) {
      store(c70, c71, c, cAt + 7 * cRow, columns, accumulate);
    }
  }

  private static void store(
      DoubleVector left, DoubleVector right, double[] c, int at, int columns, boolean accumulate) {
    store(left, c, at, columns, accumulate);
    if (TWO && columns > LANES) {
      store(right, c, at + LANES, columns - LANES, accumulate);
    }
  }

  /** Without a value that comes from two branches: such a vector would be boxed. */
  private static void store(DoubleVector x, double[] c, int at, int columns, boolean accumulate) {
    if (columns >= LANES) {
      if (accumulate) {
        x.add(fromArray(SPECIES, c, at)).intoArray(c, at);
      } else {
        x.intoArray(c, at);
      }
    } else {
      VectorMask<Double> mask = SPECIES.indexInRange(0, columns);
      if (accumulate) {
        x.add(fromArray(SPECIES, c, at, mask)).intoArray(c, at, mask);
      } else {
        x.intoArray(c, at, mask);
      }
    }
  }
}
