package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.notegrad.DType;
import org.notegrad.HalfOracle;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;

/**
 * Reads tensors element by element with arithmetic of its own, so that a mistake in the library's
 * way through strided operands can't hide itself. Elements are boxed: their {@code equals} takes
 * NaN for equal to NaN and -0.0 for different from 0.0.
 */
final class Elements {
  private Elements() {}

  /** Where the elements lie in storage, in row-major order. */
  static int[] positions(Layout layout) {
    int n = (int) layout.shape().numel();
    int[] positions = new int[n];
    for (int i = 0; i < n; i++) {
      int rest = i;
      positions[i] = (int) layout.offset();
      for (int dim = layout.rank() - 1; dim >= 0; dim--) {
        positions[i] += rest % layout.size(dim) * (int) layout.stride(dim);
        rest /= layout.size(dim);
      }
    }
    return positions;
  }

  /** The elements in row-major order. */
  static List<Object> of(Tensor x) {
    List<Object> elements = new ArrayList<>();
    for (int position : positions(Operand.of(x).layout())) {
      elements.add(at(x, position));
    }
    return elements;
  }

  /** All elements of the storage but those of x. */
  static List<Object> around(Tensor x) {
    var around = new ArrayList<Object>();
    for (int i = 0; i < Operand.of(x).storage().length(); i++) {
      around.add(at(x, i));
    }
    for (int position : positions(Operand.of(x).layout())) {
      around.set(position, null);
    }
    return around;
  }

  private static Object at(Tensor x, int position) {
    return switch (x.dtype()) {
      case FLOAT32 -> CpuBackend.floats(Operand.of(x))[position];
      case FLOAT64 -> CpuBackend.doubles(Operand.of(x))[position];
      case INT32 -> CpuBackend.ints(Operand.of(x))[position];
      case INT64 -> CpuBackend.longs(Operand.of(x))[position];
      case FLOAT16, BFLOAT16 ->
          (float)
              HalfOracle.of(x.dtype()).value(CpuBackend.shorts(Operand.of(x))[position] & 0xffff);
      case BOOL -> CpuBackend.bytes(Operand.of(x))[position] != 0;
    };
  }

  /** A contiguous copy. */
  static Tensor compact(Tensor x) {
    return tensor(x.dtype(), x.shape(), of(x));
  }

  static Tensor tensor(DType dtype, Shape shape, List<?> elements) {
    int[] sizes = shape.toArray();
    int n = elements.size();
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 -> {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
          values[i] = ((Number) elements.get(i)).floatValue();
        }
        yield Tensor.fromArray(values, sizes).to(dtype);
      }
      case FLOAT64 ->
          Tensor.fromArray(
              elements.stream().mapToDouble(e -> ((Number) e).doubleValue()).toArray(), sizes);
      case INT32 ->
          Tensor.fromArray(
              elements.stream().mapToInt(e -> ((Number) e).intValue()).toArray(), sizes);
      case INT64 ->
          Tensor.fromArray(
              elements.stream().mapToLong(e -> ((Number) e).longValue()).toArray(), sizes);
      case BOOL -> {
        boolean[] values = new boolean[n];
        for (int i = 0; i < n; i++) {
          values[i] = (Boolean) elements.get(i);
        }
        yield Tensor.fromArray(values, sizes);
      }
    };
  }

  /** The elements in row-major order, as float64. */
  static double[] reals(Tensor x) {
    List<Object> elements = of(x);
    double[] reals = new double[elements.size()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = real(elements.get(i));
    }
    return reals;
  }

  static double real(Object element) {
    return element instanceof Boolean b ? (b ? 1 : 0) : ((Number) element).doubleValue();
  }

  /** The relative rounding error of one operation in this type. */
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-11;
      case BFLOAT16 -> 0x1p-8;
      case FLOAT32 -> 0x1p-24;
      case FLOAT64 -> 0x1p-53;
      case BOOL, INT32, INT64 -> 0;
    };
  }

  /** The smallest number above 0. */
  static double smallest(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-24;
      case BFLOAT16 -> 0x1p-133;
      case FLOAT32 -> Float.MIN_VALUE;
      case FLOAT64 -> Double.MIN_VALUE;
      case BOOL, INT32, INT64 -> 1;
    };
  }

  /** The distance of neighbours at {@code value}. */
  private static double unit(DType dtype, double value) {
    double below = Math.scalb(1.0, Math.getExponent(value) - 1); // a half of value's power of 2
    return Math.max(4 * epsilon(dtype) * below, smallest(dtype));
  }

  /** Fails unless {@code actual} has the elements of {@code expected}, bit by bit. */
  static void assertSame(String context, Tensor expected, Tensor actual) {
    List<Object> right = of(expected);
    List<Object> got = of(actual);
    for (int i = 0; i < right.size(); i++) {
      if (!right.get(i).equals(got.get(i))) {
        fail(context + ": element " + i + " is " + got.get(i) + ", expected " + right.get(i));
      }
    }
    if (right.size() != got.size()) {
      fail(context + ": " + actual.shape() + ", expected " + expected.shape());
    }
  }

  /** Fails unless each element differs from the expected by at most its own bound. */
  static void assertWithin(String context, double[] expected, Tensor actual, double[] bound) {
    double[] got = reals(actual);
    if (got.length != expected.length) {
      fail("%s: %d elements, expected %d".formatted(context, got.length, expected.length));
    }
    for (int i = 0; i < expected.length; i++) {
      double a = got[i];
      boolean near = Double.isFinite(expected[i]) && Math.abs(a - expected[i]) <= bound[i];
      boolean same = near || Double.compare(a, expected[i]) == 0;
      if (!same) {
        fail(
            "%s: element %d is %s, expected %s within %s"
                .formatted(context, i, a, expected[i], bound[i]));
      }
    }
  }

  /** {@code n} numbers of the type: first the awkward ones, turned by {@code turn}, then others. */
  static Tensor awkward(DType dtype, int turn, int... sizes) {
    List<Object> special = new ArrayList<>(special(dtype));
    Collections.rotate(special, turn);
    var random = new java.util.SplittableRandom(turn * 31L + 7);
    int n = (int) Shape.of(sizes).numel();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      values.add(i < special.size() ? special.get(i) : ordinary(dtype, random));
    }
    return tensor(dtype, Shape.of(sizes), values);
  }

  /** Numbers without extremes, mostly between -3 and 3. */
  static Tensor ordinary(DType dtype, int seed, int... sizes) {
    var random = new java.util.SplittableRandom(seed * 31L + 7);
    List<Object> values = new ArrayList<>();
    for (long i = 0; i < Shape.of(sizes).numel(); i++) {
      values.add(ordinary(dtype, random));
    }
    return tensor(dtype, Shape.of(sizes), values);
  }

  private static Object ordinary(DType dtype, java.util.SplittableRandom random) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> random.nextGaussian();
      case INT32, INT64 -> random.nextLong(-50, 50);
      case BOOL -> random.nextBoolean();
    };
  }

  private static List<Object> special(DType dtype) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 ->
          List.of(
              0.0,
              -0.0,
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              1.0,
              -1.0,
              0.5,
              -0.5,
              1.5,
              2.5,
              -2.5,
              3.0,
              1e-5,
              -1e-5,
              0.34,
              0.63,
              9.1,
              -17.4,
              88.7,
              88.8,
              89.0,
              -87.4,
              -103.9,
              -105.0,
              1e6,
              8388609.0,
              1e10,
              -1e30,
              Float.MAX_VALUE,
              -Float.MAX_VALUE,
              Float.MIN_VALUE,
              -Float.MIN_VALUE,
              Float.MIN_NORMAL,
              -1e-40);
      case FLOAT64 ->
          List.of(
              0.0,
              -0.0,
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              1.0,
              -1.0,
              0.5,
              -0.5,
              1.5,
              2.5,
              -2.5,
              3.0,
              1e-9,
              -1e-9,
              0.34,
              0.63,
              19.1,
              -37.4,
              709.7,
              709.8,
              -708.4,
              -745.1,
              -746.0,
              1e6,
              4503599627370497.0,
              1e17,
              -1e300,
              Double.MAX_VALUE,
              -Double.MAX_VALUE,
              Double.MIN_VALUE,
              -Double.MIN_VALUE,
              Double.MIN_NORMAL,
              -1e-310);
      case INT32 ->
          List.of(
              0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 1, 65_537, -3, 7);
      case INT64 ->
          List.of(
              0L,
              1L,
              -1L,
              Long.MAX_VALUE,
              Long.MIN_VALUE,
              Long.MAX_VALUE - 1,
              Long.MIN_VALUE + 1,
              1L << 53,
              (1L << 53) + 1,
              16777217L,
              (1L << 60) + (1L << 36) + 1,
              -3L,
              7L);
      case BOOL -> List.of(true, false, false, true);
    };
  }
}
