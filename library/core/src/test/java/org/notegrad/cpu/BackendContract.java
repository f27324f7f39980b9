package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.assertWithinUlps;
import static org.notegrad.cpu.Elements.awkward;
import static org.notegrad.cpu.Elements.compact;
import static org.notegrad.cpu.Elements.epsilon;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Elements.real;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Philox;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.backend.Update;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/**
 * What every backend must do, whatever its provider: the same numbers as plain loops over compact
 * operands, for operands of every arrangement, size and type. A provider joins by a subclass of one
 * line.
 *
 * <p>Operations that IEEE 754 defines are the same bit by bit. Transcendental functions may differ
 * by 4 units in the last place, which is what vector mathematics libraries promise. Sums and
 * products of many numbers are bounded by the error that their order of summation may have.
 */
abstract class BackendContract {
  private static final int TRANSCENDENTAL_ULPS = 4;

  /** How many elements a lane may sum in float32 before its part goes to a float64 total. */
  private static final int LANE_ROUNDINGS = 72;

  private static final DType[] REAL = {DType.FLOAT32, DType.FLOAT64};

  /**
   * Odd tails around every vector width, empty tensors, scalars, and more than one thread's work.
   */
  private static final int[][] SHAPES = {
    {},
    {1},
    {7},
    {16},
    {17},
    {63},
    {3, 5},
    {5, 33},
    {2, 3, 19},
    {1, 40},
    {40, 1},
    {0},
    {3, 0},
    {0, 4},
    {2, 0, 3}
  };

  private static final int[] LARGE = {3, 22_003};

  private final Backend plain = new CpuBackend(new PlainKernels());

  /** The backend that is tested. */
  abstract Backend backend();

  private static Tensor like(DType dtype, Tensor x) {
    return Tensor.zeros(dtype, x.shape().toArray());
  }

  /** One type is enough for the threads: the way there is the same. */
  private static List<int[]> shapes(DType dtype) {
    List<int[]> shapes = new ArrayList<>(List.of(SHAPES));
    if (dtype == DType.FLOAT32) {
      shapes.add(LARGE);
    }
    return shapes;
  }

  /** The large shape is there for the threads alone. */
  private static Arrangement[] arrangements(int[] shape) {
    return shape == LARGE
        ? new Arrangement[] {Arrangement.CONTIGUOUS, Arrangement.TRANSPOSED}
        : Arrangement.values();
  }

  private static int ulps(UnaryOp op) {
    return switch (op) {
      case NEG, ABS, SIGN, SQUARE, SQRT, RECIPROCAL, RELU, FLOOR, CEIL, ROUND -> 0;
      default -> TRANSCENDENTAL_ULPS;
    };
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unaryEqualsPlainLoops(UnaryOp op) {
    for (DType dtype : DType.values()) {
      if (!dtype.isFloating() && !(dtype == DType.INT64 && op.onIntegers())) {
        continue;
      }
      for (int[] shape : shapes(dtype)) {
        for (Arrangement arrangement : arrangements(shape)) {
          Tensor x = arrangement.of(awkward(dtype, shape.length, shape));
          Tensor expected = like(dtype, x);
          plain.unary(op, compact(x), expected);
          Tensor out = like(dtype, x);
          backend().unary(op, x, out);
          String context = op + " " + x.describe() + " " + arrangement;
          assertWithinUlps(context, expected, out, ulps(op));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void binaryEqualsPlainLoops(BinaryOp op) {
    for (DType dtype : DType.values()) {
      if (op.type(dtype) != dtype) {
        continue;
      }
      for (int[] shape : shapes(dtype)) {
        for (Arrangement left : arrangements(shape)) {
          for (Arrangement right : arrangements(shape)) {
            Tensor a = left.of(awkward(dtype, 3, shape));
            Tensor b = right.of(awkward(dtype, 8, shape));
            Tensor expected = like(dtype, a);
            plain.binary(op, compact(a), compact(b), expected);
            Tensor out = like(dtype, a);
            backend().binary(op, a, b, out);
            String context = op + " " + a.describe() + " " + left + " " + right;
            assertWithinUlps(context, expected, out, op == BinaryOp.POW ? TRANSCENDENTAL_ULPS : 0);
          }
        }
      }
    }
  }

  /** A number beside a tensor: all strides 0 on one side. */
  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void scalarBesideTensorEqualsPlainLoops(BinaryOp op) {
    for (DType dtype : REAL) {
      for (int turn = 0; turn < 40; turn++) {
        Tensor x = awkward(dtype, 1, 61);
        Tensor number = awkward(dtype, turn, 1).expand(61);
        for (boolean first : new boolean[] {true, false}) {
          Tensor a = first ? number : x;
          Tensor b = first ? x : number;
          Tensor expected = like(dtype, x);
          plain.binary(op, compact(a), compact(b), expected);
          Tensor out = like(dtype, x);
          backend().binary(op, a, b, out);
          String context = op + " " + dtype + " with " + number.get(0).item();
          assertWithinUlps(context, expected, out, op == BinaryOp.POW ? TRANSCENDENTAL_ULPS : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void binaryInPlaceWritesItsElementsAndNoOthers(BinaryOp op) {
    for (DType dtype : DType.values()) {
      if (op.type(dtype) != dtype) {
        continue;
      }
      for (int[] shape : SHAPES) {
        for (Arrangement target : arrangements(shape)) {
          if (!target.isWritable()) {
            continue;
          }
          Tensor b = Arrangement.REPEATED.of(awkward(dtype, 8, shape));
          Tensor a = target.of(awkward(dtype, 3, shape));
          Tensor expected = like(dtype, a);
          plain.binary(op, compact(a), compact(b), expected);
          List<Object> around = Elements.around(a);
          backend().binary(op, a, b, a);
          String context = op + " in place " + a.describe() + " " + target;
          assertWithinUlps(context, expected, a, op == BinaryOp.POW ? TRANSCENDENTAL_ULPS : 0);
          assertEquals(around, Elements.around(a), context);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CompareOp.class)
  void compareEqualsPlainLoops(CompareOp op) {
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes(dtype)) {
        for (Arrangement arrangement : arrangements(shape)) {
          for (int turn : new int[] {3, 4}) {
            Tensor a = arrangement.of(awkward(dtype, 3, shape));
            Tensor b = awkward(dtype, turn, shape);
            Tensor expected = like(DType.BOOL, a);
            plain.compare(op, compact(a), b, expected);
            Tensor out = like(DType.BOOL, a);
            backend().compare(op, a, b, out);
            assertSame(op + " " + a.describe() + " " + arrangement, expected, out);
          }
        }
      }
    }
  }

  @Test
  void integersAreComparedExactly() {
    long[] large = {Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 53, (1L << 53) + 1};
    Tensor a = Tensor.tensor(large);
    Tensor b = Tensor.tensor(large[1], large[0], large[3], large[2]);
    Tensor out = like(DType.BOOL, a);
    backend().compare(CompareOp.GT, a, b, out);
    assertEquals(List.of(true, false, false, true), Elements.of(out));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void whereChoosesElementByElement(DType dtype) {
    for (int[] shape : shapes(dtype)) {
      for (Arrangement arrangement : arrangements(shape)) {
        Tensor condition = arrangement.of(ordinary(DType.BOOL, 5, shape));
        Tensor a = arrangement.of(awkward(dtype, 3, shape));
        Tensor b = awkward(dtype, 8, shape);
        Tensor out = like(dtype, a);
        backend().where(condition, a, b, out);
        List<Object> chosen = Elements.of(condition);
        List<Object> expected = Elements.of(b);
        List<Object> left = Elements.of(a);
        for (int i = 0; i < expected.size(); i++) {
          if ((Boolean) chosen.get(i)) {
            expected.set(i, left.get(i));
          }
        }
        assertEquals(expected, Elements.of(out), dtype + " " + a.shape() + " " + arrangement);
      }
    }
  }

  // ---- copies ---------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(DType.class)
  void copyConvertsAsJavaCasts(DType from) {
    for (DType to : DType.values()) {
      for (int[] shape : shapes(from)) {
        for (Arrangement source : arrangements(shape)) {
          for (Arrangement target : arrangements(shape)) {
            if (!target.isWritable()) {
              continue;
            }
            Tensor x = source.of(awkward(from, 2, shape));
            Tensor out = target.of(like(to, x));
            List<Object> around = Elements.around(out);
            backend().copy(x, out);
            String context = from + " " + source + " to " + to + " " + target + " " + x.shape();
            assertEquals(cast(Elements.of(x), to), Elements.of(out), context);
            assertEquals(around, Elements.around(out), context);
          }
        }
      }
    }
  }

  private static List<Object> cast(List<Object> elements, DType to) {
    List<Object> cast = new ArrayList<>();
    for (Object element : elements) {
      cast.add(
          switch (to) {
            case FLOAT32 -> element instanceof Number n ? n.floatValue() : (float) real(element);
            case FLOAT64 -> real(element);
            case INT64 -> element instanceof Number n ? n.longValue() : (long) real(element);
            case BOOL -> real(element) != 0;
          });
    }
    return cast;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void fillWritesItsElementsAndNoOthers(DType dtype) {
    for (int[] shape : shapes(dtype)) {
      for (Arrangement arrangement : arrangements(shape)) {
        if (arrangement.isWritable()) {
          Tensor out = arrangement.of(awkward(dtype, 2, shape));
          List<Object> around = Elements.around(out);
          backend().fill(out, 2.75);
          List<Object> expected = new ArrayList<>(Elements.of(out));
          expected.replaceAll(any -> cast(List.<Object>of(2.75), dtype).getFirst());
          assertEquals(expected, Elements.of(out), out.describe() + " " + arrangement);
          assertEquals(around, Elements.around(out), out.describe() + " " + arrangement);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Arrangement.class)
  void toArrayIsRowMajor(Arrangement arrangement) {
    Tensor x = arrangement.of(ordinary(DType.FLOAT64, 1, 4, 5));
    double[] array = new double[20];
    backend().toArray(x, array);
    assertEquals(Elements.of(x), List.copyOf(Elements.of(Tensor.fromArray(array, 20))));
  }

  // ---- reductions -----------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void reductionEqualsOneFoldInFloat64(ReduceOp op) {
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
    backend().reduce(op, x, out);
    double[] expected = new double[(int) out.numel()];
    double[] magnitude = new double[expected.length];
    int[] count = new int[expected.length];
    java.util.Arrays.fill(expected, op.neutral());
    java.util.Arrays.fill(magnitude, op == ReduceOp.SUM ? 0 : 1);
    double[] elements = Elements.reals(x);
    int[] targets = Elements.positions(out.layout().expand(x.shape()));
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

  private static double smallest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
  }

  @Test
  void integerProductsWrapAround() {
    Tensor x = Tensor.tensor(Long.MAX_VALUE, 3, -7, Long.MIN_VALUE + 1);
    Tensor out = Tensor.zeros(DType.INT64, 1);
    backend().reduce(ReduceOp.PROD, x, out);
    assertEquals(Long.MAX_VALUE * 3 * -7 * (Long.MIN_VALUE + 1), out.itemLong());
    backend().reduce(ReduceOp.SUM, x, out);
    assertEquals(Long.MAX_VALUE + 3 - 7 + Long.MIN_VALUE + 1, out.itemLong());
  }

  @Test
  void integerExtremesAreExact() {
    Tensor x =
        Tensor.tensor(Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MIN_VALUE);
    Tensor out = Tensor.zeros(DType.INT64, 1);
    backend().reduce(ReduceOp.MAX, x, out);
    assertEquals(Long.MAX_VALUE, out.itemLong());
    backend().reduce(ReduceOp.MIN, x, out);
    assertEquals(Long.MIN_VALUE, out.itemLong());
    Tensor index = Tensor.zeros(DType.INT64, 1);
    backend().argReduce(ArgOp.ARGMAX, x, 0, index);
    assertEquals(2, index.itemLong());
    backend().argReduce(ArgOp.ARGMIN, x, 0, index);
    assertEquals(3, index.itemLong());
  }

  @Test
  void extremesOfAnythingWithNaNAreNaN() {
    for (DType dtype : REAL) {
      for (int n : new int[] {1, 7, 16, 33, 100}) {
        for (int at = 0; at < n; at++) {
          Tensor x = ordinary(dtype, 1, n);
          x.narrow(0, at, 1).fillInPlace(Double.NaN);
          for (ReduceOp op : new ReduceOp[] {ReduceOp.MAX, ReduceOp.MIN}) {
            Tensor out = Tensor.zeros(dtype, 1);
            backend().reduce(op, x, out);
            assertEquals(Double.NaN, out.item(), op + " of " + n + " with a NaN at " + at);
          }
          Tensor index = Tensor.zeros(DType.INT64, 1);
          backend().argReduce(ArgOp.ARGMAX, x, 0, index);
          assertEquals(at, index.itemLong());
        }
      }
    }
  }

  @Test
  void infinitiesAreReducedAsIeeeSays() {
    for (DType dtype : REAL) {
      Tensor x = ordinary(dtype, 1, 40);
      x.narrow(0, 11, 1).fillInPlace(Double.NEGATIVE_INFINITY);
      Tensor out = Tensor.zeros(dtype, 1);
      backend().reduce(ReduceOp.SUM, x, out);
      assertEquals(Double.NEGATIVE_INFINITY, out.item());
      backend().reduce(ReduceOp.MIN, x, out);
      assertEquals(Double.NEGATIVE_INFINITY, out.item());
      x.narrow(0, 30, 1).fillInPlace(Double.POSITIVE_INFINITY);
      backend().reduce(ReduceOp.SUM, x, out);
      assertEquals(Double.NaN, out.item());
      backend().reduce(ReduceOp.MAX, x, out);
      assertEquals(Double.POSITIVE_INFINITY, out.item());
    }
  }

  @Test
  void longSumOfFloatsKeepsItsDigits() {
    Tensor x = Tensor.full(0.1, 1_000_003);
    Tensor out = Tensor.zeros(1);
    backend().reduce(ReduceOp.SUM, x, out);
    double exact = 1_000_003 * (double) 0.1f; // adding one by one in float32 gives 100958.44
    assertEquals(exact, out.item(), exact * LANE_ROUNDINGS * epsilon(DType.FLOAT32));
  }

  @ParameterizedTest
  @EnumSource(ArgOp.class)
  void argReduceFindsTheFirst(ArgOp op) {
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
    backend().argReduce(op, x, dim, out);
    double[] best = new double[(int) out.numel()];
    long[] expected = new long[best.length];
    java.util.Arrays.fill(best, Double.NaN);
    double[] elements = Elements.reals(x);
    int[] targets = Elements.positions(out.layout().expand(x.shape()));
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

  // ---- products -------------------------------------------------------------------------------

  @Test
  void matmulIsTheSumOfProducts() {
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
  void matmulOfEveryArrangementAndBlock() {
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
  void batchedMatmulIsOneProductForEach() {
    for (DType dtype : REAL) {
      Tensor a = ordinary(dtype, 1, 2, 1, 4, 5).expand(2, 3, 4, 5);
      Tensor b = Arrangement.TRANSPOSED.of(ordinary(dtype, 2, 2, 3, 5, 6));
      Tensor out = Tensor.zeros(dtype, 2, 3, 4, 6);
      backend().matmul(a, b, out);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          check(a.get(i, j), b.get(i, j), null, out.get(i, j));
        }
      }
    }
  }

  private void multiplies(Tensor a, Tensor b) {
    Tensor out = Tensor.zeros(a.dtype(), a.size(0), b.size(1));
    backend().matmul(a, b, out);
    check(a, b, null, out);
  }

  @Test
  void linearAddsItsBias() {
    for (DType dtype : REAL) {
      for (int[] mnk :
          new int[][] {{1, 1, 1}, {3, 5, 7}, {32, 10, 20}, {0, 4, 3}, {3, 4, 0}, {65, 33, 130}}) {
        Tensor x = ordinary(dtype, 1, mnk[0], mnk[2]);
        Tensor w = ordinary(dtype, 2, mnk[1], mnk[2]);
        for (Tensor bias :
            new Tensor[] {null, Arrangement.STEPPED.of(ordinary(dtype, 3, mnk[1]))}) {
          Tensor out = Tensor.zeros(dtype, mnk[0], mnk[1]);
          backend().linear(x, w, bias, out);
          check(x, w.t(), bias, out);
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
  void matmulOverwritesWhatWasThere() {
    for (DType dtype : REAL) {
      Tensor out = Tensor.full(dtype, Double.NaN, 3, 4);
      backend().matmul(Tensor.zeros(dtype, 3, 0), Tensor.zeros(dtype, 0, 4), out);
      assertSame("k = 0", Tensor.zeros(dtype, 3, 4), out);
    }
  }

  @Test
  void matmulCarriesNaNAndInfinity() {
    for (DType dtype : REAL) {
      Tensor a = Tensor.zeros(dtype, 9, 20);
      a.narrow(0, 4, 1).narrow(1, 7, 1).fillInPlace(Double.NaN);
      a.narrow(0, 8, 1).narrow(1, 3, 1).fillInPlace(Double.POSITIVE_INFINITY);
      Tensor b = Tensor.ones(dtype, 20, 35);
      Tensor out = Tensor.zeros(dtype, 9, 35);
      backend().matmul(a, b, out);
      for (int i = 0; i < 9; i++) {
        double expected = i == 4 ? Double.NaN : i == 8 ? Double.POSITIVE_INFINITY : 0;
        for (int j = 0; j < 35; j++) {
          assertEquals(expected, out.get(i, j).item(), "row " + i);
        }
      }
    }
  }

  // ---- softmax --------------------------------------------------------------------------------

  @Test
  void softmaxRowsSumToOne() {
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
    backend().softmax(x, logarithm, out);
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
  void softmaxOfExtremesStaysFinite() {
    for (DType dtype : REAL) {
      Tensor x = Tensor.tensor(1e30, -1e30, 0, Double.NEGATIVE_INFINITY).to(dtype);
      Tensor out = Tensor.zeros(dtype, 4);
      backend().softmax(x, false, out);
      assertSame("extremes", Tensor.tensor(1.0, 0, 0, 0).to(dtype), out);
      Tensor equal = Tensor.full(dtype, -1e30, 8);
      out = Tensor.zeros(dtype, 8);
      backend().softmax(equal, false, out);
      assertSame("equal", Tensor.full(dtype, 0.125, 8), out);
    }
  }

  @Test
  void crossEntropyIsTheLogarithmOfOneProbability() {
    for (DType dtype : REAL) {
      for (Arrangement arrangement : Arrangement.values()) {
        Tensor logits = arrangement.of(ordinary(dtype, 1, 40, 11).mul(5.0));
        Tensor target =
            Tensor.arange(40)
                .mul(7L)
                .sub(Tensor.arange(40).mul(7L).div(11.0).floor().mul(11.0).to(DType.INT64));
        Tensor out = Tensor.zeros(dtype, 40);
        backend().crossEntropy(logits, target, out);
        double[] expected = new double[40];
        double[] bound = new double[40];
        for (int i = 0; i < 40; i++) {
          double[] row = logits.get(i).toDoubleArray();
          double sum = java.util.Arrays.stream(row).map(Math::exp).sum();
          expected[i] = Math.log(sum) - row[(int) target.get(i).itemLong()];
          bound[i] = 64 * epsilon(dtype) * Math.max(1, expected[i]);
        }
        assertWithin("crossEntropy " + dtype + " " + arrangement, expected, out, bound);
      }
    }
  }

  @Test
  void crossEntropyRefusesClassesThatAreNotThere() {
    Tensor out = Tensor.zeros(2);
    for (long wrong : new long[] {-1, 3, Long.MAX_VALUE, 1L << 32}) {
      Tensor target = Tensor.tensor(0, wrong);
      assertThrows(
          NotegradException.class, () -> backend().crossEntropy(Tensor.zeros(2, 3), target, out));
    }
  }

  // ---- indices --------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(DType.class)
  void gatherAndScatterAddFollowTheIndex(DType dtype) {
    for (Arrangement arrangement : Arrangement.values()) {
      for (int dim = 0; dim < 3; dim++) {
        Tensor x = arrangement.of(ordinary(dtype, 1, 4, 5, 6));
        int size = x.size(dim);
        Tensor index = arrangement.of(indices(size, 3, 4, 5));
        Tensor out = Tensor.zeros(dtype, 3, 4, 5);
        backend().gather(x, dim, index, out);
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
        backend().scatterAdd(source, dim, index, sums);
        assertEquals(
            scattered, Elements.of(sums), dtype + " scatterAdd " + dim + " " + arrangement);
      }
    }
  }

  private static Object sum(Object a, Object b) {
    BinaryOperator<Object> add =
        switch (a) {
          case Float f -> (p, q) -> (Float) p + (Float) q;
          case Double d -> (p, q) -> (Double) p + (Double) q;
          case Long l -> (p, q) -> (Long) p + (Long) q;
          default -> (p, q) -> (Boolean) p || (Boolean) q;
        };
    return add.apply(a, b);
  }

  private static Tensor indices(int size, int... shape) {
    long[] values =
        new java.util.SplittableRandom(5).longs(Shape.of(shape).numel(), 0, size).toArray();
    return Tensor.fromArray(values, shape);
  }

  @Test
  void indexOutOfRangeIsRefusedOnEveryThread() {
    Tensor index = Tensor.zeros(DType.INT64, 200_000);
    index.narrow(0, 199_999, 1).fillInPlace(7);
    Tensor out = Tensor.zeros(200_000);
    var error =
        assertThrows(
            NotegradException.class, () -> backend().gather(Tensor.zeros(7), 0, index, out));
    assertEquals("gather: index 7 is not in [0, 7)", error.getMessage());
  }

  // ---- random numbers -------------------------------------------------------------------------

  @Test
  void uniformsAreTheWordsOfPhilox() {
    for (int n : new int[] {0, 1, 3, 4, 5, 1001, 70_000}) {
      Tensor single = Tensor.zeros(n);
      backend().random(new Distribution.Uniform(), 42, 5, single);
      Tensor twice = Tensor.zeros(DType.FLOAT64, n);
      backend().random(new Distribution.Uniform(), 42, 5, twice);
      int[] words = new int[4];
      for (int i = 0; i < n; i += Math.max(1, n / 500)) {
        Philox.words(42, 5 + i / 4, words, 0);
        assertEquals((words[i % 4] >>> 8) * 0x1p-24, single.get(i).item());
        long word = Philox.word64(42, 5, i);
        assertEquals((word >>> 11) * 0x1p-53, twice.get(i).item());
      }
    }
  }

  @Test
  void randomNumbersDoNotDependOnTheNumberOfThreads() {
    int before = org.notegrad.Notegrad.threads();
    try {
      for (DType dtype : REAL) {
        org.notegrad.Notegrad.setThreads(1);
        Tensor one = Tensor.zeros(dtype, 100_003);
        backend().random(new Distribution.Normal(), 7, 0, one);
        org.notegrad.Notegrad.setThreads(3);
        Tensor three = Tensor.zeros(dtype, 100_003);
        backend().random(new Distribution.Normal(), 7, 0, three);
        assertSame("normals", one, three);
      }
    } finally {
      org.notegrad.Notegrad.setThreads(before);
    }
  }

  // ---- optimizer steps ------------------------------------------------------------------------

  @Test
  void fusedStepsEqualTheirDefinitions() {
    List<Update> updates =
        List.of(
            new SGD.Step(0.1, 0, 0, 0, false, false),
            new SGD.Step(0.1, 0, 0, 0.01, false, true),
            new SGD.Step(0.1, 0.9, 0.3, 0.01, false, false),
            new SGD.Step(0.1, 0.9, 0, 0, true, false),
            new Adam.Step(1e-2, 0.9, 0.999, 1e-8, 0, false, false, 1e-2 / 0.19, 0.0447),
            new Adam.Step(1e-2, 0.8, 0.99, 1e-8, 0.1, false, true, 1e-2 / 0.36, 0.141),
            new Adam.Step(1e-2, 0.9, 0.999, 1e-8, 0.1, true, false, 1e-2 / 0.19, 0.0447));
    for (DType dtype : REAL) {
      for (int n : new int[] {0, 1, 7, 16, 33, 66_001}) {
        if (n > 1000 && dtype != DType.FLOAT32) {
          continue; // there for the threads alone
        }
        for (Update update : updates) {
          steps(update, dtype, n);
        }
      }
    }
  }

  private void steps(Update update, DType dtype, int n) {
    Tensor p = ordinary(dtype, 1, n + 3).narrow(0, 3, n);
    Tensor g = ordinary(dtype, 2, n);
    Tensor m = ordinary(dtype, 3, n);
    Tensor v = ordinary(dtype, 4, n).square();
    boolean stateless = update instanceof SGD.Step s && s.momentum() == 0;
    Tensor[] state =
        stateless
            ? new Tensor[0]
            : update instanceof SGD.Step ? new Tensor[] {m} : new Tensor[] {m, v};
    Tensor[] exact = new Tensor[state.length];
    for (int i = 0; i < state.length; i++) {
      exact[i] = state[i].clone().to(DType.FLOAT64).clone();
    }
    Tensor definition = p.to(DType.FLOAT64).clone();
    update.apply(definition, g.to(DType.FLOAT64), exact);
    backend().fused(update, p, g, state);
    near(update + " parameter", definition, p, dtype);
    for (int i = 0; i < state.length; i++) {
      near(update + " state " + i, exact[i], state[i], dtype);
    }
  }

  /** All numbers here are near 1, so a handful of roundings is a handful of epsilons. */
  private static void near(String context, Tensor expected, Tensor actual, DType dtype) {
    double[] values = expected.toDoubleArray();
    double[] bound = new double[values.length];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = 16 * epsilon(dtype) * (1 + Math.abs(values[i]));
    }
    assertWithin(context + " " + actual.describe(), values, actual, bound);
  }
}
