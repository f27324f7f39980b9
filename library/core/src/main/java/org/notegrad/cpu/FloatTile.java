// DoubleTile.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.cpu.GemmShape.Reads;

/**
 * The micro-kernel of the float32 matrix product: one tile of the result, held in local variables
 * while k runs. There is a copy of this class for each {@link GemmShape}; what its shape does not
 * have is gone when the JIT has compiled it.
 */
final class FloatTile implements FloatGemm.Tile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final GemmShape SHAPE =
      Specialised.constant(MethodHandles.lookup(), GemmShape.class);
  private static final int ROWS = SHAPE == null ? 0 : SHAPE.rows();
  private static final boolean TWO = SHAPE != null && SHAPE.vectors() >= 2;
  private static final boolean THREE = SHAPE != null && SHAPE.vectors() == 3;
  private static final int WIDTH = SHAPE == null ? 0 : SHAPE.vectors() * LANES;
  private static final boolean PACKED = SHAPE != null && SHAPE.reads() == Reads.PACKED;

  @Override
  public void run(
      int k,
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      int bRow,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c22 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c32 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c42 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c52 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c62 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    FloatVector c72 = FloatVector.zero(SPECIES);
    int stride = PACKED ? FloatGemm.STRIDE : aRow;
    int step = PACKED ? WIDTH : bRow;
    int p = aAt;
    for (int q = bAt, end = bAt + k * step; q < end; q += step) {
      FloatVector b0 = fromArray(SPECIES, b, q);
      FloatVector b1 = TWO ? fromArray(SPECIES, b, q + LANES) : null;
      FloatVector b2 = THREE ? fromArray(SPECIES, b, q + 2 * LANES) : null;
      if (ROWS > 0) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p]);
        c00 = b0.fma(x, c00);
        if (TWO) {
          c01 = b1.fma(x, c01);
        }
        if (THREE) {
          c02 = b2.fma(x, c02);
        }
      }
      if (ROWS > 1) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + stride]);
        c10 = b0.fma(x, c10);
        if (TWO) {
          c11 = b1.fma(x, c11);
        }
        if (THREE) {
          c12 = b2.fma(x, c12);
        }
      }
      if (ROWS > 2) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 2 * stride]);
        c20 = b0.fma(x, c20);
        if (TWO) {
          c21 = b1.fma(x, c21);
        }
        if (THREE) {
          c22 = b2.fma(x, c22);
        }
      }
      if (ROWS > 3) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 3 * stride]);
        c30 = b0.fma(x, c30);
        if (TWO) {
          c31 = b1.fma(x, c31);
        }
        if (THREE) {
          c32 = b2.fma(x, c32);
        }
      }
      if (ROWS > 4) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 4 * stride]);
        c40 = b0.fma(x, c40);
        if (TWO) {
          c41 = b1.fma(x, c41);
        }
        if (THREE) {
          c42 = b2.fma(x, c42);
        }
      }
      if (ROWS > 5) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 5 * stride]);
        c50 = b0.fma(x, c50);
        if (TWO) {
          c51 = b1.fma(x, c51);
        }
        if (THREE) {
          c52 = b2.fma(x, c52);
        }
      }
      if (ROWS > 6) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 6 * stride]);
        c60 = b0.fma(x, c60);
        if (TWO) {
          c61 = b1.fma(x, c61);
        }
        if (THREE) {
          c62 = b2.fma(x, c62);
        }
      }
      if (ROWS > 7) {
        FloatVector x = FloatVector.broadcast(SPECIES, a[p + 7 * stride]);
        c70 = b0.fma(x, c70);
        if (TWO) {
          c71 = b1.fma(x, c71);
        }
        if (THREE) {
          c72 = b2.fma(x, c72);
        }
      }
      p++;
    }
    if (ROWS > 0) {
      int s = startAt;
      int t = cAt;
      c00.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c01.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c02.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 1) {
      int s = startAt + startRow;
      int t = cAt + cRow;
      c10.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c11.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c12.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 2) {
      int s = startAt + 2 * startRow;
      int t = cAt + 2 * cRow;
      c20.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c21.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c22.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 3) {
      int s = startAt + 3 * startRow;
      int t = cAt + 3 * cRow;
      c30.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c31.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c32.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 4) {
      int s = startAt + 4 * startRow;
      int t = cAt + 4 * cRow;
      c40.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c41.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c42.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 5) {
      int s = startAt + 5 * startRow;
      int t = cAt + 5 * cRow;
      c50.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c51.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c52.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 6) {
      int s = startAt + 6 * startRow;
      int t = cAt + 6 * cRow;
      c60.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c61.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c62.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
    if (ROWS > 7) {
      int s = startAt + 7 * startRow;
      int t = cAt + 7 * cRow;
      c70.add(fromArray(SPECIES, start, s)).intoArray(c, t);
      if (TWO) {
        c71.add(fromArray(SPECIES, start, s + LANES)).intoArray(c, t + LANES);
      }
      if (THREE) {
        c72.add(fromArray(SPECIES, start, s + 2 * LANES)).intoArray(c, t + 2 * LANES);
      }
    }
  }
}
