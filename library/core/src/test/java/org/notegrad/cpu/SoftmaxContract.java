package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.epsilon;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Operands.REAL;
import static org.notegrad.cpu.Operands.like;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** Softmax, its logarithm, and the cross entropy. */
interface SoftmaxContract extends Contract {
  @Test
  default void softmaxRowsSumToOne() {
    for (DType dtype : REAL) {
      for (int[] shape :
          new int[][] {{}, {1}, {10}, {3, 1}, {4, 17}, {2, 3, 33}, {0, 3}, {3, 0}, {500, 100}}) {
        for (Arrangement arrangement : Arrangement.values()) {
          for (boolean logarithm : new boolean[] {false, true}) {
            softens(arrangement.of(ordinary(dtype, 1, shape).mul(6.0)), logarithm, arrangement);
          }
        }
      }
    }
  }

  private void softens(Tensor x, boolean logarithm, Arrangement arrangement) {
    Tensor out = like(x.dtype(), x);
    backend().softmax(of(x), logarithm, of(out));
    int columns = x.rank() == 0 ? 1 : x.size(-1);
    double[] elements = Elements.reals(x);
    double[] expected = new double[elements.length];
    double[] bound = new double[expected.length];
    for (int row = 0; row < expected.length / Math.max(columns, 1); row++) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        max = Math.max(max, elements[row * columns + j]);
      }
      for (int j = 0; j < columns; j++) {
        sum += Math.exp(elements[row * columns + j] - max);
      }
      for (int j = 0; j < columns; j++) {
        int at = row * columns + j;
        double log = elements[at] - max - Math.log(sum);
        expected[at] = logarithm ? log : Math.exp(log);
        // x - max and the logarithm are rounded; exp makes their absolute error a relative one
        double roundings = (16 + 2 * Math.abs(log)) * epsilon(x.dtype());
        bound[at] = logarithm ? roundings : roundings * expected[at];
      }
    }
    assertWithin("softmax " + x.describe() + " " + arrangement, expected, out, bound);
  }

  @Test
  default void softmaxOfExtremesStaysFinite() {
    for (DType dtype : REAL) {
      Tensor x = Tensor.tensor(1e30, -1e30, 0, Double.NEGATIVE_INFINITY).to(dtype);
      Tensor out = Tensor.zeros(dtype, 4);
      backend().softmax(of(x), false, of(out));
      assertSame("extremes", Tensor.tensor(1.0, 0, 0, 0).to(dtype), out);
      Tensor equal = Tensor.full(dtype, -1e30, 8);
      out = Tensor.zeros(dtype, 8);
      backend().softmax(of(equal), false, of(out));
      assertSame("equal", Tensor.full(dtype, 0.125, 8), out);
    }
  }

  @Test
  default void crossEntropyIsTheLogarithmOfOneProbability() {
    for (DType dtype : REAL) {
      for (Arrangement arrangement : Arrangement.values()) {
        Tensor logits = arrangement.of(ordinary(dtype, 1, 40, 11).mul(5.0));
        Tensor target =
            Tensor.arange(40)
                .mul(7L)
                .sub(Tensor.arange(40).mul(7L).div(11.0).floor().mul(11.0).to(DType.INT64));
        Tensor out = Tensor.zeros(dtype, 40);
        backend().crossEntropy(of(logits), of(target), of(out));
        double[] expected = new double[40];
        double[] bound = new double[40];
        for (int i = 0; i < 40; i++) {
          double[] row = logits.get(i).toDoubleArray();
          double sum = Arrays.stream(row).map(Math::exp).sum();
          expected[i] = Math.log(sum) - row[(int) target.get(i).itemLong()];
          bound[i] = 64 * epsilon(dtype) * Math.max(1, expected[i]);
        }
        assertWithin("crossEntropy " + dtype + " " + arrangement, expected, out, bound);
      }
    }
  }

  @Test
  default void crossEntropyRefusesClassesThatAreNotThere() {
    Tensor out = Tensor.zeros(2);
    for (long wrong : new long[] {-1, 3, Long.MAX_VALUE, 1L << 32}) {
      Tensor target = Tensor.tensor(0, wrong);
      assertThrows(
          NotegradException.class,
          () -> backend().crossEntropy(of(Tensor.zeros(2, 3)), of(target), of(out)));
    }
  }
}
