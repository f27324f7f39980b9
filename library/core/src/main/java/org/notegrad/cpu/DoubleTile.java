package org.notegrad.cpu;

import static jdk.incubator.vector.DoubleVector.fromArray;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of the double64 matrix product: one tile of the result, held in local variables
 * while k runs. There is a copy of this class for each {@link GemmShape}; what its shape does not
 * have is gone when the JIT has compiled it. The tile goes to an array of its own, so that nothing
 * but the two operands takes registers.
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
  public void run(int k, double[] a, int aAt, double[] b, int bAt, double[] out) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    DoubleVector c40 = DoubleVector.zero(SPECIES);
    DoubleVector c41 = DoubleVector.zero(SPECIES);
    DoubleVector c50 = DoubleVector.zero(SPECIES);
    DoubleVector c51 = DoubleVector.zero(SPECIES);
    DoubleVector c60 = DoubleVector.zero(SPECIES);
    DoubleVector c61 = DoubleVector.zero(SPECIES);
    DoubleVector c70 = DoubleVector.zero(SPECIES);
    DoubleVector c71 = DoubleVector.zero(SPECIES);
    int p = aAt;
    for (int q = bAt, end = bAt + k * WIDTH; q < end; q += WIDTH) {
      DoubleVector b0 = fromArray(SPECIES, b, q);
      DoubleVector b1 = TWO ? fromArray(SPECIES, b, q + LANES) : null;
      if (ROWS > 0) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[p]);
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
    if (ROWS > 0) {
      c00.intoArray(out, 0);
      if (TWO) {
        c01.intoArray(out, LANES);
      }
    }
    if (ROWS > 1) {
      c10.intoArray(out, 1 * WIDTH);
      if (TWO) {
        c11.intoArray(out, 1 * WIDTH + LANES);
      }
    }
    if (ROWS > 2) {
      c20.intoArray(out, 2 * WIDTH);
      if (TWO) {
        c21.intoArray(out, 2 * WIDTH + LANES);
      }
    }
    if (ROWS > 3) {
      c30.intoArray(out, 3 * WIDTH);
      if (TWO) {
        c31.intoArray(out, 3 * WIDTH + LANES);
      }
    }
    if (ROWS > 4) {
      c40.intoArray(out, 4 * WIDTH);
      if (TWO) {
        c41.intoArray(out, 4 * WIDTH + LANES);
      }
    }
    if (ROWS > 5) {
      c50.intoArray(out, 5 * WIDTH);
      if (TWO) {
        c51.intoArray(out, 5 * WIDTH + LANES);
      }
    }
    if (ROWS > 6) {
      c60.intoArray(out, 6 * WIDTH);
      if (TWO) {
        c61.intoArray(out, 6 * WIDTH + LANES);
      }
    }
    if (ROWS > 7) {
      c70.intoArray(out, 7 * WIDTH);
      if (TWO) {
        c71.intoArray(out, 7 * WIDTH + LANES);
      }
    }
  }
}
