package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.ordinary;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.Notegrad;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;

/** Elements chosen and added by an index. */
interface IndexContract extends Contract {
  @ParameterizedTest
  @EnumSource(DType.class)
  default void gatherAndScatterAddFollowTheIndex(DType dtype) {
    for (Arrangement arrangement : Arrangement.values()) {
      for (int dim = 0; dim < 3; dim++) {
        Tensor x = arrangement.of(ordinary(dtype, 1, 4, 5, 6));
        int size = x.size(dim);
        Tensor index = arrangement.of(indices(size, 3, 4, 5));
        Tensor out = Tensor.zeros(dtype, 3, 4, 5);
        backend().gather(of(x), dim, of(index), of(out));
        List<Object> from = Elements.of(x);
        List<Object> expected = new ArrayList<>();
        Tensor sums = ordinary(dtype, 9, 4, 5, 6);
        List<Object> scattered = Elements.of(sums);
        Tensor source = arrangement.of(ordinary(dtype, 3, 3, 4, 5));
        List<Object> sources = Elements.of(source);
        List<Object> chosen = Elements.of(index);
        for (int i = 0; i < chosen.size(); i++) {
          int[] at = {i / 20, i / 5 % 4, i % 5};
          at[dim] = ((Long) chosen.get(i)).intValue();
          int place = (at[0] * 5 + at[1]) * 6 + at[2];
          expected.add(from.get(place));
          scattered.set(place, sum(scattered.get(place), sources.get(i)));
        }
        assertEquals(expected, Elements.of(out), dtype + " gather " + dim + " " + arrangement);
        backend().scatterAdd(of(source), dim, of(index), of(sums));
        assertEquals(
            Elements.of(Elements.tensor(dtype, sums.shape(), scattered)), // rounded once
            Elements.of(sums),
            dtype + " scatterAdd " + dim + " " + arrangement);
      }
    }
  }

  private static Object sum(Object a, Object b) {
    BinaryOperator<Object> add =
        switch (a) {
          case Float f -> (p, q) -> (Float) p + (Float) q;
          case Double d -> (p, q) -> (Double) p + (Double) q;
          case Long l -> (p, q) -> (Long) p + (Long) q;
          case Integer n -> (p, q) -> (Integer) p + (Integer) q;
          default -> (p, q) -> (Boolean) p || (Boolean) q;
        };
    return add.apply(a, b);
  }

  private static Tensor indices(int size, int... shape) {
    long[] values = new SplittableRandom(5).longs(Shape.of(shape).numel(), 0, size).toArray();
    return Tensor.fromArray(values, shape);
  }

  /** As rows are chosen from a table: one index for a whole row. */
  @Test
  default void indexRepeatedAlongARowChoosesAndAddsRows() {
    Tensor rows = indices(50, 700, 1);
    Tensor index = rows.expand(700, 130);
    Tensor written = index.clone();
    for (DType dtype : DType.values()) {
      Tensor table = ordinary(dtype, 1, 50, 130);
      Tensor chosen = Tensor.zeros(dtype, 700, 130);
      Tensor expected = Tensor.zeros(dtype, 700, 130);
      backend().gather(of(table), 0, of(index), of(chosen));
      backend().gather(of(table), 0, of(written), of(expected));
      assertEquals(Elements.of(expected), Elements.of(chosen), dtype + " gather");
      Tensor sums = table.clone();
      Tensor expectedSums = table.clone();
      backend().scatterAdd(of(chosen), 0, of(index), of(sums));
      backend().scatterAdd(of(chosen), 0, of(written), of(expectedSums));
      assertEquals(Elements.of(expectedSums), Elements.of(sums), dtype + " scatterAdd");
    }
  }

  @Test
  default void sumsOfAScatterHaveTheSameBitsOnAnyNumberOfThreads() {
    Tensor index = indices(7, 3_000, 60);
    Tensor source = ordinary(DType.FLOAT32, 3, 3_000, 60);
    List<Object> expected = null;
    int before = Notegrad.threads();
    try {
      for (int threads : new int[] {1, 2, 3, 7}) {
        Notegrad.setThreads(threads);
        Tensor sums = Tensor.zeros(7, 60);
        backend().scatterAdd(of(source), 0, of(index), of(sums));
        expected = expected == null ? Elements.of(sums) : expected;
        assertEquals(expected, Elements.of(sums), threads + " threads");
      }
    } finally {
      Notegrad.setThreads(before);
    }
  }

  @Test
  default void indexOutOfRangeIsRefusedOnEveryThread() {
    Tensor index = Tensor.zeros(DType.INT64, 200_000);
    index.narrow(0, 199_999, 1).fillInPlace(7);
    Tensor out = Tensor.zeros(200_000);
    var error =
        assertThrows(
            NotegradException.class,
            () -> backend().gather(of(Tensor.zeros(7)), 0, of(index), of(out)));
    assertEquals("index: 7 is not in [0, 7)", error.getMessage());
  }
}
