package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.epsilon;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Operands.REAL;

import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.Operand;

/** Products of matrices. */
interface MatmulContract extends Contract {
  @Test
  default void matmulIsTheSumOfProducts() {
    int[] sizes = {0, 1, 2, 3, 5, 8, 9, 17, 33};
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
      for (int m : sizes) {
        for (int n : sizes) {
          for (int k : sizes) {
            Arrangement left = Arrangement.values()[(m + k) % 5];
            Arrangement right = Arrangement.values()[(n + 2 * k) % 5];
            multiplies(left.of(ordinary(dtype, 1, m, k)), right.of(ordinary(dtype, 2, k, n)));
          }
        }
      }
    }
  }

  @Test
  default void matmulOfEveryArrangementAndBlock() {
    for (DType dtype : REAL) {
      for (Arrangement left : Arrangement.values()) {
        for (Arrangement right : Arrangement.values()) {
          multiplies(left.of(ordinary(dtype, 1, 37, 70)), right.of(ordinary(dtype, 2, 70, 51)));
        }
      }
      multiplies(ordinary(dtype, 1, 130, 300), ordinary(dtype, 2, 300, 131));
      multiplies(ordinary(dtype, 1, 5, 2100), ordinary(dtype, 2, 2100, 3));
      multiplies(ordinary(dtype, 1, 1, 600), ordinary(dtype, 2, 600, 700));
      multiplies(ordinary(dtype, 1, 700, 9), ordinary(dtype, 2, 9, 1));
    }
  }

  @Test
  default void batchedMatmulIsOneProductForEach() {
    for (DType dtype : REAL) {
      Tensor a = ordinary(dtype, 1, 2, 1, 4, 5).expand(2, 3, 4, 5);
      Tensor b = Arrangement.TRANSPOSED.of(ordinary(dtype, 2, 2, 3, 5, 6));
      Tensor out = Tensor.zeros(dtype, 2, 3, 4, 6);
      backend().matmul(of(a), of(b), of(out));
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          check(a.get(i, j), b.get(i, j), null, out.get(i, j));
        }
      }
    }
  }

  private void multiplies(Tensor a, Tensor b) {
    Tensor out = Tensor.zeros(a.dtype(), a.size(0), b.size(1));
    backend().matmul(of(a), of(b), of(out));
    check(a, b, null, out);
  }

  @Test
  default void linearAddsItsBias() {
    for (DType dtype : REAL) {
      for (int[] mnk :
          new int[][] {{1, 1, 1}, {3, 5, 7}, {32, 10, 20}, {0, 4, 3}, {3, 4, 0}, {65, 33, 130}}) {
        Tensor x = ordinary(dtype, 1, mnk[0], mnk[2]);
        Tensor w = ordinary(dtype, 2, mnk[1], mnk[2]);
        for (Tensor bias :
            new Tensor[] {null, Arrangement.STEPPED.of(ordinary(dtype, 3, mnk[1]))}) {
          Tensor out = Tensor.zeros(dtype, mnk[0], mnk[1]);
          backend().linear(of(x), of(w), bias == null ? null : of(bias), of(out));
          check(x, w.t(), bias, out);
        }
      }
    }
  }

  @Test
  default void linearByAPackedWeightHasTheSameBits() {
    for (DType dtype : REAL) {
      for (int[] mnk :
          new int[][] {
            {1, 1, 1}, {1, 9, 40}, {3, 5, 7}, {32, 10, 20}, {0, 4, 3}, {3, 4, 0}, {65, 33, 530}
          }) {
        Tensor x = ordinary(dtype, 1, mnk[0], mnk[2]);
        Tensor w = Arrangement.TRANSPOSED.of(ordinary(dtype, 2, mnk[1], mnk[2]));
        var packed = backend().pack(of(w));
        for (Tensor bias : new Tensor[] {null, ordinary(dtype, 3, mnk[1])}) {
          Operand start = bias == null ? null : of(bias);
          Tensor expected = Tensor.zeros(dtype, mnk[0], mnk[1]);
          Tensor out = Tensor.zeros(dtype, mnk[0], mnk[1]);
          backend().linear(of(x), of(w), start, of(expected));
          backend().linear(of(x), packed, start, of(out));
          assertSame("linear " + x.shape() + " by " + w.shape(), expected, out);
        }
      }
    }
  }

  /** Within (k + 2) rounding errors of the sum of the products' magnitudes. */
  private static void check(Tensor a, Tensor b, Tensor bias, Tensor out) {
    double[] left = Elements.reals(a);
    double[] right = Elements.reals(b);
    int m = a.size(0);
    int k = a.size(1);
    int n = b.size(1);
    double[] expected = new double[m * n];
    double[] bound = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = bias == null ? 0 : bias.get(j).item();
        double magnitude = Math.abs(sum);
        for (int p = 0; p < k; p++) {
          double product = left[i * k + p] * right[p * n + j];
          sum += product;
          magnitude += Math.abs(product);
        }
        expected[i * n + j] = sum;
        bound[i * n + j] = a.dtype().isFloating() ? (k + 2) * epsilon(a.dtype()) * magnitude : 0;
      }
    }
    assertWithin("matmul " + a.describe() + " x " + b.shape(), expected, out, bound);
  }

  @Test
  default void matmulOverwritesWhatWasThere() {
    for (DType dtype : REAL) {
      Tensor out = Tensor.full(dtype, Double.NaN, 3, 4);
      backend().matmul(of(Tensor.zeros(dtype, 3, 0)), of(Tensor.zeros(dtype, 0, 4)), of(out));
      assertSame("k = 0", Tensor.zeros(dtype, 3, 4), out);
    }
  }

  @Test
  default void matmulCarriesNaNAndInfinity() {
    for (DType dtype : REAL) {
      Tensor a = Tensor.zeros(dtype, 9, 20);
      a.narrow(0, 4, 1).narrow(1, 7, 1).fillInPlace(Double.NaN);
      a.narrow(0, 8, 1).narrow(1, 3, 1).fillInPlace(Double.POSITIVE_INFINITY);
      Tensor b = Tensor.ones(dtype, 20, 35);
      Tensor out = Tensor.zeros(dtype, 9, 35);
      backend().matmul(of(a), of(b), of(out));
      for (int i = 0; i < 9; i++) {
        double expected = i == 4 ? Double.NaN : i == 8 ? Double.POSITIVE_INFINITY : 0;
        for (int j = 0; j < 35; j++) {
          assertEquals(expected, out.get(i, j).item(), "row " + i);
        }
      }
    }
  }
}
