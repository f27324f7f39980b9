package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.epsilon;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Elements.smallest;
import static org.notegrad.cpu.Operands.REAL;
import static org.notegrad.cpu.Operands.arrangements;
import static org.notegrad.cpu.Operands.shapes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.ReduceOp;

/** Reductions over any dimensions: sums, products, extremes and their places. */
interface ReduceContract extends Contract {
  /** How many elements a lane may sum in float32 before its part goes to a float64 total. */
  int LANE_ROUNDINGS = 72;

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  default void reductionEqualsOneFoldInFloat64(ReduceOp op) {
    for (DType dtype : DType.values()) {
      if (dtype == DType.BOOL && (op == ReduceOp.SUM || op == ReduceOp.PROD)) {
        continue;
      }
      for (int[] shape : shapes(dtype)) {
        for (Arrangement arrangement : arrangements(shape)) {
          Tensor x = arrangement.of(ordinary(dtype, 4, shape));
          for (int dims = 0; dims < 1 << shape.length; dims++) {
            reduces(op, x, dims, arrangement);
          }
        }
      }
    }
  }

  private void reduces(ReduceOp op, Tensor x, int dims, Arrangement arrangement) {
    int[] kept = x.shape().toArray();
    for (int dim = 0; dim < kept.length; dim++) {
      kept[dim] = (dims >> dim & 1) == 1 ? 1 : kept[dim];
    }
    boolean extreme = op == ReduceOp.MAX || op == ReduceOp.MIN;
    if (extreme && x.numel() == 0) {
      return; // refused before a backend is asked
    }
    Tensor out = Tensor.zeros(x.dtype(), kept);
    backend().reduce(op, of(x), of(out));
    double[] expected = new double[(int) out.numel()];
    double[] magnitude = new double[expected.length];
    int[] count = new int[expected.length];
    Arrays.fill(expected, op.neutral());
    Arrays.fill(magnitude, op == ReduceOp.SUM ? 0 : 1);
    double[] elements = Elements.reals(x);
    int[] targets = Elements.positions(of(out).layout().expand(x.shape()));
    for (int i = 0; i < targets.length; i++) {
      int to = targets[i];
      double value = elements[i];
      expected[to] = PlainKernels.function(op.step()).applyAsDouble(expected[to], value);
      magnitude[to] =
          PlainKernels.function(op.step()).applyAsDouble(magnitude[to], Math.abs(value));
      count[to]++;
    }
    boolean exact = extreme || !x.dtype().isFloating();
    for (int i = 0; i < expected.length; i++) {
      // one rounding of the result, and those of a run in float32 before it goes to float64
      magnitude[i] *= exact ? 0 : epsilon(x.dtype()) * (1 + Math.min(count[i], LANE_ROUNDINGS));
      magnitude[i] += exact ? 0 : smallest(x.dtype());
    }
    if (op != ReduceOp.PROD || x.dtype().isFloating()) {
      assertWithin(
          op + " " + x.describe() + " over " + dims + " " + arrangement, expected, out, magnitude);
    }
  }

  @Test
  default void integerProductsWrapAround() {
    Tensor x = Tensor.tensor(Long.MAX_VALUE, 3, -7, Long.MIN_VALUE + 1);
    Tensor out = Tensor.zeros(DType.INT64, 1);
    backend().reduce(ReduceOp.PROD, of(x), of(out));
    assertEquals(Long.MAX_VALUE * 3 * -7 * (Long.MIN_VALUE + 1), out.itemLong());
    backend().reduce(ReduceOp.SUM, of(x), of(out));
    assertEquals(Long.MAX_VALUE + 3 - 7 + Long.MIN_VALUE + 1, out.itemLong());
  }

  @Test
  default void integerExtremesAreExact() {
    Tensor x =
        Tensor.tensor(Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MIN_VALUE);
    Tensor out = Tensor.zeros(DType.INT64, 1);
    backend().reduce(ReduceOp.MAX, of(x), of(out));
    assertEquals(Long.MAX_VALUE, out.itemLong());
    backend().reduce(ReduceOp.MIN, of(x), of(out));
    assertEquals(Long.MIN_VALUE, out.itemLong());
    Tensor index = Tensor.zeros(DType.INT64, 1);
    backend().argReduce(ArgOp.ARGMAX, of(x), 0, of(index));
    assertEquals(2, index.itemLong());
    backend().argReduce(ArgOp.ARGMIN, of(x), 0, of(index));
    assertEquals(3, index.itemLong());
  }

  @Test
  default void extremesOfAnythingWithNaNAreNaN() {
    for (DType dtype : REAL) {
      for (int n : new int[] {1, 7, 16, 33, 100}) {
        for (int at = 0; at < n; at++) {
          Tensor x = ordinary(dtype, 1, n);
          x.narrow(0, at, 1).fillInPlace(Double.NaN);
          for (ReduceOp op : new ReduceOp[] {ReduceOp.MAX, ReduceOp.MIN}) {
            Tensor out = Tensor.zeros(dtype, 1);
            backend().reduce(op, of(x), of(out));
            assertEquals(Double.NaN, out.item(), op + " of " + n + " with a NaN at " + at);
          }
          Tensor index = Tensor.zeros(DType.INT64, 1);
          backend().argReduce(ArgOp.ARGMAX, of(x), 0, of(index));
          assertEquals(at, index.itemLong());
        }
      }
    }
  }

  @Test
  default void infinitiesAreReducedAsIeeeSays() {
    for (DType dtype : REAL) {
      Tensor x = ordinary(dtype, 1, 40);
      x.narrow(0, 11, 1).fillInPlace(Double.NEGATIVE_INFINITY);
      Tensor out = Tensor.zeros(dtype, 1);
      backend().reduce(ReduceOp.SUM, of(x), of(out));
      assertEquals(Double.NEGATIVE_INFINITY, out.item());
      backend().reduce(ReduceOp.MIN, of(x), of(out));
      assertEquals(Double.NEGATIVE_INFINITY, out.item());
      x.narrow(0, 30, 1).fillInPlace(Double.POSITIVE_INFINITY);
      backend().reduce(ReduceOp.SUM, of(x), of(out));
      assertEquals(Double.NaN, out.item());
      backend().reduce(ReduceOp.MAX, of(x), of(out));
      assertEquals(Double.POSITIVE_INFINITY, out.item());
    }
  }

  @Test
  default void longSumOfFloatsKeepsItsDigits() {
    Tensor x = Tensor.full(0.1, 1_000_003);
    Tensor out = Tensor.zeros(1);
    backend().reduce(ReduceOp.SUM, of(x), of(out));
    double exact = 1_000_003 * (double) 0.1f; // adding one by one in float32 gives 100958.44
    assertEquals(exact, out.item(), exact * LANE_ROUNDINGS * epsilon(DType.FLOAT32));
  }

  @ParameterizedTest
  @EnumSource(ArgOp.class)
  default void argReduceFindsTheFirst(ArgOp op) {
    for (DType dtype : DType.values()) {
      for (int[] shape : new int[][] {{1}, {17}, {3, 5}, {5, 33}, {2, 3, 19}, {300, 7}}) {
        for (Arrangement arrangement : arrangements(shape)) {
          Tensor x =
              arrangement.of(dtype.isFloating() ? steps(dtype, shape) : ordinary(dtype, 2, shape));
          for (int dim = 0; dim < shape.length; dim++) {
            finds(op, x, dim, arrangement);
          }
        }
      }
    }
  }

  /** Few different values, so that the extremes stand in several places. */
  private static Tensor steps(DType dtype, int... shape) {
    Tensor x = ordinary(dtype, 2, shape);
    return x.round();
  }

  private void finds(ArgOp op, Tensor x, int dim, Arrangement arrangement) {
    Tensor out = Tensor.zeros(DType.INT64, x.shape().with(dim, 1).toArray());
    backend().argReduce(op, of(x), dim, of(out));
    double[] best = new double[(int) out.numel()];
    long[] expected = new long[best.length];
    Arrays.fill(best, Double.NaN);
    double[] elements = Elements.reals(x);
    int[] targets = Elements.positions(of(out).layout().expand(x.shape()));
    int[] indices = along(x.shape(), dim);
    for (int i = 0; i < targets.length; i++) {
      double value = elements[i];
      double before = best[targets[i]];
      boolean better = op == ArgOp.ARGMAX ? value > before : value < before;
      if (better || Double.isNaN(before)) {
        best[targets[i]] = value;
        expected[targets[i]] = indices[i];
      }
    }
    assertSame(
        op + " " + x.describe() + " along " + dim + " " + arrangement,
        Tensor.fromArray(expected, out.shape().toArray()),
        out);
  }

  /** For each element in row-major order, its index along {@code dim}. */
  private static int[] along(Shape shape, int dim) {
    int inner = 1;
    for (int d = dim + 1; d < shape.rank(); d++) {
      inner *= shape.size(d);
    }
    int[] indices = new int[(int) shape.numel()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i / inner % shape.size(dim);
    }
    return indices;
  }
}
