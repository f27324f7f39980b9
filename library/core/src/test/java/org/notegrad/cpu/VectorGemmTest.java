package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The vector kernels' matrix product beside the plain one: sizes around tiles and blocks, all
 * strides.
 */
class VectorGemmTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 5, 7},
    {1, 130, 300},
    {4, 9, 37},
    {5, 1, 300},
    {7, 17, 1},
    {8, 16, 3},
    {9, 33, 20},
    {32, 20, 10},
    {32, 10, 20},
    {20, 10, 32},
    {64, 64, 32},
    {31, 65, 257},
    {193, 40, 11},
    {200, 70, 520},
    {3, 1030, 9},
    {40, 300, 520},
    {1030, 300, 5},
    {4, 4, 0},
    {0, 3, 3},
    {3, 0, 3}
  };

  private final CpuKernels plain = new PlainKernels();
  private final CpuKernels vector = new VectorKernels();
  private final Random random = new Random(1);

  private double[] values(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble() - 0.5;
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private record Steps(int row, int column) {}

  /** Row-major, transposed, with gaps in the rows, every second element, and one row repeated. */
  private static Steps[] layouts(int rows, int columns) {
    return new Steps[] {
      new Steps(columns, 1),
      new Steps(1, rows),
      new Steps(columns + 3, 1),
      new Steps(2 * columns, 2),
      new Steps(0, 1)
    };
  }

  @Test
  void float32ProductsAreThePlainOnesInEveryLayout() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      float[] x = floats(values(2 * (m + 3) * (k + 3) + 9));
      float[] y = floats(values(2 * (k + 3) * (n + 3) + 9));
      var bias = new FloatStrides(floats(values(2 * n + 1)), 1, 0, 2);
      for (Steps left : layouts(m, k)) {
        for (Steps right : layouts(k, n)) {
          for (FloatMatrix start : new FloatMatrix[] {null, bias}) {
            var a = new FloatStrides(x, 5, left.row, left.column);
            var b = new FloatStrides(y, 3, right.row, right.column);
            float[] before = floats(values((m + 1) * (n + 2) + 4));
            float[] expected = before.clone();
            float[] actual = before.clone();
            float[] packed = before.clone();
            plain.matmul(new FloatProduct(m, n, k, a, b, start, expected, 2, n + 2));
            vector.matmul(new FloatProduct(m, n, k, a, b, start, actual, 2, n + 2));
            var whole = vector.pack(b, k, n);
            vector.matmul(new FloatProduct(m, n, k, a, whole, start, packed, 2, n + 2));
            String name = m + "x" + n + "x" + k + left + right;
            double bound = 2e-6 * Math.sqrt(k + 1);
            for (int i = 0; i < expected.length; i++) {
              assertEquals(expected[i], actual[i], bound, name);
              assertEquals(expected[i], packed[i], bound, name + " packed");
            }
          }
        }
      }
    }
  }

  @Test
  void float64ProductsAreThePlainOnesInEveryLayout() {
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      double[] x = values(2 * (m + 3) * (k + 3) + 9);
      double[] y = values(2 * (k + 3) * (n + 3) + 9);
      var bias = new DoubleStrides(values(2 * n + 1), 1, 0, 2);
      for (Steps left : layouts(m, k)) {
        for (Steps right : layouts(k, n)) {
          for (DoubleMatrix start : new DoubleMatrix[] {null, bias}) {
            var a = new DoubleStrides(x, 5, left.row, left.column);
            var b = new DoubleStrides(y, 3, right.row, right.column);
            double[] before = values((m + 1) * (n + 2) + 4);
            double[] expected = before.clone();
            double[] actual = before.clone();
            double[] packed = before.clone();
            plain.matmul(new DoubleProduct(m, n, k, a, b, start, expected, 2, n + 2));
            vector.matmul(new DoubleProduct(m, n, k, a, b, start, actual, 2, n + 2));
            var whole = vector.pack(b, k, n);
            vector.matmul(new DoubleProduct(m, n, k, a, whole, start, packed, 2, n + 2));
            String name = m + "x" + n + "x" + k + left + right;
            double bound = 1e-14 * Math.sqrt(k + 1);
            for (int i = 0; i < expected.length; i++) {
              assertEquals(expected[i], actual[i], bound, name);
              assertEquals(expected[i], packed[i], bound, name + " packed");
            }
          }
        }
      }
    }
  }
}
