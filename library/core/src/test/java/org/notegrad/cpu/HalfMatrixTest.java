package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.cpu.HalfMatrix.Format;

class HalfMatrixTest {
  private static float value(Format format, short bits) {
    return new HalfMatrix(format, new short[] {bits}, 0, 1, 1).get(0, 0);
  }

  @Test
  void sixteenBitsMeanWhatTheirFormatSays() {
    assertEquals(1f, value(Format.FLOAT16, (short) 0x3c00));
    assertEquals(-2f, value(Format.FLOAT16, (short) 0xc000));
    assertEquals(65504f, value(Format.FLOAT16, (short) 0x7bff));
    assertEquals(0x1p-24f, value(Format.FLOAT16, (short) 1));
    assertEquals(1f, value(Format.BFLOAT16, (short) 0x3f80));
    assertEquals(-2f, value(Format.BFLOAT16, (short) 0xc000));
    assertEquals(Float.POSITIVE_INFINITY, value(Format.BFLOAT16, (short) 0x7f80));
    assertEquals(0x1p-133f, value(Format.BFLOAT16, (short) 1));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void productsAreThoseOfTheSameNumbersInFloat32(Format format) {
    var random = new Random(3);
    for (int[] size : new int[][] {{5, 40, 30}, {9, 17, 33}, {70, 130, 520}}) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      for (boolean transposed : new boolean[] {false, true}) {
        HalfMatrix a = matrix(random, format, m, k, transposed);
        HalfMatrix b = matrix(random, format, k, n, transposed);
        float[] expected = new float[m * n];
        float[] actual = new float[m * n];
        var kernels = new VectorKernels();
        var left = new FloatStrides(floats(a), 0, a.rowStep(), a.columnStep());
        var right = new FloatStrides(floats(b), 0, b.rowStep(), b.columnStep());
        kernels.matmul(new FloatProduct(m, n, k, left, right, null, expected, 0, n));
        kernels.matmul(new FloatProduct(m, n, k, a, b, null, actual, 0, n));
        assertArrayEquals(expected, actual, m + " x " + n + " x " + k);
      }
    }
  }

  private static HalfMatrix matrix(
      Random random, Format format, int rows, int columns, boolean transposed) {
    short[] bits = new short[rows * columns];
    for (int i = 0; i < bits.length; i++) {
      float value = random.nextFloat() - 0.5f;
      bits[i] =
          switch (format) {
            case FLOAT16 -> Float.floatToFloat16(value);
            case BFLOAT16 -> (short) (Float.floatToRawIntBits(value) >>> 16);
          };
    }
    return transposed
        ? new HalfMatrix(format, bits, 0, 1, rows)
        : new HalfMatrix(format, bits, 0, columns, 1);
  }

  private static float[] floats(HalfMatrix x) {
    float[] floats = new float[x.array().length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = value(x.format(), x.array()[i]);
    }
    return floats;
  }
}
