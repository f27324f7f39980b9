package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of the float32 matrix product: one tile of the result, held in local variables
 * while k runs. There is a copy of this class for each {@link GemmShape}; what its shape does not
 * have is gone when the JIT has compiled it. The tile goes to an array of its own, so that nothing
 * but the two operands takes registers.
 */
final class FloatTile implements FloatGemm.Tile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final GemmShape SHAPE =
      Specialised.constant(MethodHandles.lookup(), GemmShape.class);
  private static final int ROWS = SHAPE == null ? 0 : SHAPE.rows();
  private static final boolean TWO = SHAPE != null && SHAPE.vectors() == 2;
  private static final int WIDTH = TWO ? 2 * LANES : LANES;

  @Override
  public void run(int k, float[] a, int aAt, float[] b, int bAt, float[] out) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    int p = aAt;
    for (int q = bAt, end = bAt + k * WIDTH; q < end; q += WIDTH) {
      FloatVector b0 = fromArray(SPECIES, b, q);
      FloatVector b1 = TWO ? fromArray(SPECIES, b, q + LANES) : null;
      if (ROWS > 0) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p]);
        c00 = b0.fma(x, c00);
        if (TWO) {
          c01 = b1.fma(x, c01);
        }
      }
      if (ROWS > 1) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 1]);
        c10 = b0.fma(x, c10);
        if (TWO) {
          c11 = b1.fma(x, c11);
        }
      }
      if (ROWS > 2) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 2]);
        c20 = b0.fma(x, c20);
        if (TWO) {
          c21 = b1.fma(x, c21);
        }
      }
      if (ROWS > 3) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 3]);
        c30 = b0.fma(x, c30);
        if (TWO) {
          c31 = b1.fma(x, c31);
        }
      }
      if (ROWS > 4) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 4]);
        c40 = b0.fma(x, c40);
        if (TWO) {
          c41 = b1.fma(x, c41);
        }
      }
      if (ROWS > 5) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 5]);
        c50 = b0.fma(x, c50);
        if (TWO) {
          c51 = b1.fma(x, c51);
        }
      }
      if (ROWS > 6) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 6]);
        c60 = b0.fma(x, c60);
        if (TWO) {
          c61 = b1.fma(x, c61);
        }
      }
      if (ROWS > 7) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 7]);
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
