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
      float[] c,
      int cAt,
      int cRow,
      boolean accumulate) {
    FloatVector z0 = fromArray(SPECIES, start, startAt);
    FloatVector z1 = TWO ? fromArray(SPECIES, start, startAt + LANES) : null;
    FloatVector z2 = THREE ? fromArray(SPECIES, start, startAt + 2 * LANES) : null;
    FloatVector c00 = z0;
    FloatVector c01 = z1;
    FloatVector c02 = z2;
    FloatVector c10 = z0;
    FloatVector c11 = z1;
    FloatVector c12 = z2;
    FloatVector c20 = z0;
    FloatVector c21 = z1;
    FloatVector c22 = z2;
    FloatVector c30 = z0;
    FloatVector c31 = z1;
    FloatVector c32 = z2;
    FloatVector c40 = z0;
    FloatVector c41 = z1;
    FloatVector c42 = z2;
    FloatVector c50 = z0;
    FloatVector c51 = z1;
    FloatVector c52 = z2;
    FloatVector c60 = z0;
    FloatVector c61 = z1;
    FloatVector c62 = z2;
    FloatVector c70 = z0;
    FloatVector c71 = z1;
    FloatVector c72 = z2;
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
    if (accumulate) {
      if (ROWS > 0) {
        c00.add(fromArray(SPECIES, c, cAt)).intoArray(c, cAt);
        if (TWO) {
          c01.add(fromArray(SPECIES, c, cAt + LANES)).intoArray(c, cAt + LANES);
        }
        if (THREE) {
          c02.add(fromArray(SPECIES, c, cAt + 2 * LANES)).intoArray(c, cAt + 2 * LANES);
        }
      }
      if (ROWS > 1) {
        c10.add(fromArray(SPECIES, c, cAt + cRow)).intoArray(c, cAt + cRow);
        if (TWO) {
          c11.add(fromArray(SPECIES, c, cAt + cRow + LANES)).intoArray(c, cAt + cRow + LANES);
        }
        if (THREE) {
          c12.add(fromArray(SPECIES, c, cAt + cRow + 2 * LANES))
              .intoArray(c, cAt + cRow + 2 * LANES);
        }
      }
      if (ROWS > 2) {
        c20.add(fromArray(SPECIES, c, cAt + 2 * cRow)).intoArray(c, cAt + 2 * cRow);
        if (TWO) {
          c21.add(fromArray(SPECIES, c, cAt + 2 * cRow + LANES))
              .intoArray(c, cAt + 2 * cRow + LANES);
        }
        if (THREE) {
          c22.add(fromArray(SPECIES, c, cAt + 2 * cRow + 2 * LANES))
              .intoArray(c, cAt + 2 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 3) {
        c30.add(fromArray(SPECIES, c, cAt + 3 * cRow)).intoArray(c, cAt + 3 * cRow);
        if (TWO) {
          c31.add(fromArray(SPECIES, c, cAt + 3 * cRow + LANES))
              .intoArray(c, cAt + 3 * cRow + LANES);
        }
        if (THREE) {
          c32.add(fromArray(SPECIES, c, cAt + 3 * cRow + 2 * LANES))
              .intoArray(c, cAt + 3 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 4) {
        c40.add(fromArray(SPECIES, c, cAt + 4 * cRow)).intoArray(c, cAt + 4 * cRow);
        if (TWO) {
          c41.add(fromArray(SPECIES, c, cAt + 4 * cRow + LANES))
              .intoArray(c, cAt + 4 * cRow + LANES);
        }
        if (THREE) {
          c42.add(fromArray(SPECIES, c, cAt + 4 * cRow + 2 * LANES))
              .intoArray(c, cAt + 4 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 5) {
        c50.add(fromArray(SPECIES, c, cAt + 5 * cRow)).intoArray(c, cAt + 5 * cRow);
        if (TWO) {
          c51.add(fromArray(SPECIES, c, cAt + 5 * cRow + LANES))
              .intoArray(c, cAt + 5 * cRow + LANES);
        }
        if (THREE) {
          c52.add(fromArray(SPECIES, c, cAt + 5 * cRow + 2 * LANES))
              .intoArray(c, cAt + 5 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 6) {
        c60.add(fromArray(SPECIES, c, cAt + 6 * cRow)).intoArray(c, cAt + 6 * cRow);
        if (TWO) {
          c61.add(fromArray(SPECIES, c, cAt + 6 * cRow + LANES))
              .intoArray(c, cAt + 6 * cRow + LANES);
        }
        if (THREE) {
          c62.add(fromArray(SPECIES, c, cAt + 6 * cRow + 2 * LANES))
              .intoArray(c, cAt + 6 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 7) {
        c70.add(fromArray(SPECIES, c, cAt + 7 * cRow)).intoArray(c, cAt + 7 * cRow);
        if (TWO) {
          c71.add(fromArray(SPECIES, c, cAt + 7 * cRow + LANES))
              .intoArray(c, cAt + 7 * cRow + LANES);
        }
        if (THREE) {
          c72.add(fromArray(SPECIES, c, cAt + 7 * cRow + 2 * LANES))
              .intoArray(c, cAt + 7 * cRow + 2 * LANES);
        }
      }
    } else {
      if (ROWS > 0) {
        c00.intoArray(c, cAt);
        if (TWO) {
          c01.intoArray(c, cAt + LANES);
        }
        if (THREE) {
          c02.intoArray(c, cAt + 2 * LANES);
        }
      }
      if (ROWS > 1) {
        c10.intoArray(c, cAt + cRow);
        if (TWO) {
          c11.intoArray(c, cAt + cRow + LANES);
        }
        if (THREE) {
          c12.intoArray(c, cAt + cRow + 2 * LANES);
        }
      }
      if (ROWS > 2) {
        c20.intoArray(c, cAt + 2 * cRow);
        if (TWO) {
          c21.intoArray(c, cAt + 2 * cRow + LANES);
        }
        if (THREE) {
          c22.intoArray(c, cAt + 2 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 3) {
        c30.intoArray(c, cAt + 3 * cRow);
        if (TWO) {
          c31.intoArray(c, cAt + 3 * cRow + LANES);
        }
        if (THREE) {
          c32.intoArray(c, cAt + 3 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 4) {
        c40.intoArray(c, cAt + 4 * cRow);
        if (TWO) {
          c41.intoArray(c, cAt + 4 * cRow + LANES);
        }
        if (THREE) {
          c42.intoArray(c, cAt + 4 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 5) {
        c50.intoArray(c, cAt + 5 * cRow);
        if (TWO) {
          c51.intoArray(c, cAt + 5 * cRow + LANES);
        }
        if (THREE) {
          c52.intoArray(c, cAt + 5 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 6) {
        c60.intoArray(c, cAt + 6 * cRow);
        if (TWO) {
          c61.intoArray(c, cAt + 6 * cRow + LANES);
        }
        if (THREE) {
          c62.intoArray(c, cAt + 6 * cRow + 2 * LANES);
        }
      }
      if (ROWS > 7) {
        c70.intoArray(c, cAt + 7 * cRow);
        if (TWO) {
          c71.intoArray(c, cAt + 7 * cRow + LANES);
        }
        if (THREE) {
          c72.intoArray(c, cAt + 7 * cRow + 2 * LANES);
        }
      }
    }
  }
}
