package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.TensorOptions;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Backends;

/** New tensors, and the way back to arrays. */
public final class Creation {
  /** What a Java array can hold. */
  public static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private Creation() {}

  public static Tensor allocate(String op, Backend backend, DType dtype, Shape shape) {
    if (shape.numel() > MOST_ELEMENTS) {
      throw new ShapeException(
          op, shape, "%d elements; a tensor has at most %d", shape.numel(), MOST_ELEMENTS);
    }
    return of(backend.allocate(dtype, shape.numel()), shape).tensor();
  }

  /** A tensor on the device of {@code like}; all zero, as the backend allocates. */
  public static Tensor empty(DType dtype, Shape shape, Tensor like) {
    return allocate("tensor", of(like).backend(), dtype, shape);
  }

  public static Tensor zeros(String op, TensorOptions options, int... sizes) {
    return allocate(op, Backends.of(options.device()), options.dtype(), Shape.of(op, sizes));
  }

  public static Tensor zeros(String op, DType dtype, int... sizes) {
    Checks.given(op, "type", dtype);
    return allocate(op, Backends.cpu(), dtype, Shape.of(op, sizes));
  }

  /** Exact, also where a double can't hold the value. */
  public static Tensor scalar(DType dtype, long value) {
    return zeros("scalar", dtype).fillInPlace(value);
  }

  public static Tensor fromArray(DType dtype, Object values, int length, int[] sizes) {
    Checks.given("fromArray", "array of values", values);
    Shape shape = Shape.of("fromArray", sizes);
    if (shape.numel() != length) {
      throw new ShapeException("fromArray", shape, "%d values do not fill it", length);
    }
    return of(Backends.cpu().fromArray(dtype, values), shape).tensor();
  }

  public static Tensor vector(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return fromArray(DType.FLOAT32, floats, floats.length, new int[] {floats.length});
  }

  public static Tensor matrix(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] floats = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new NotegradException(
            "tensor", "row 0 has %d values, row %d has %d", columns, i, rows[i].length);
      }
      for (int j = 0; j < columns; j++) {
        floats[i * columns + j] = (float) rows[i][j];
      }
    }
    return fromArray(DType.FLOAT32, floats, floats.length, new int[] {rows.length, columns});
  }

  public static Tensor eye(int n) {
    Tensor zeros = zeros("eye", DType.FLOAT32, n, n);
    zeros.reshape((int) zeros.numel()).slice(0, 0, Integer.MAX_VALUE, n + 1).fillInPlace(1);
    return zeros;
  }

  public static Tensor arange(long start, long end, long step) {
    if (step == 0) {
      throw new NotegradException("arange", "step is 0");
    }
    boolean empty = step > 0 ? start >= end : start <= end;
    long distance = step > 0 ? end - start : start - end; // unsigned: it may have 64 bits
    long stride = Math.abs(step); // unsigned as well
    long count = empty ? 0 : Long.divideUnsigned(distance - 1, stride) + 1;
    boolean fits = count >= 0 && count <= MOST_ELEMENTS;
    long[] values = new long[fits ? (int) count : tooMany("arange", Long.toUnsignedString(count))];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return fromArray(DType.INT64, values, values.length, new int[] {values.length});
  }

  public static Tensor arange(double start, double end, double step) {
    if (step == 0) {
      throw new NotegradException("arange", "step is %s", step);
    }
    if (!Double.isFinite(start) || !Double.isFinite(end) || !Double.isFinite(step)) {
      throw new NotegradException(
          "arange", "from %s to %s by %s; finite numbers expected", start, end, step);
    }
    double count = Math.max(0, Math.ceil(end / step - start / step));
    if (Double.isFinite(end - start)) { // without the rounding of two quotients
      count = Math.max(0, Math.ceil((end - start) / step));
    }
    boolean fits = count <= MOST_ELEMENTS;
    double[] values = new double[fits ? (int) count : tooMany("arange", "%.0f".formatted(count))];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return vector(values);
  }

  private static int tooMany(String operation, String count) {
    throw new NotegradException(
        operation, "%s elements; a tensor has at most %d", count, MOST_ELEMENTS);
  }

  public static Tensor linspace(double start, double end, int count) {
    if (count < 0) {
      throw new NotegradException("linspace", "%d numbers; 0 or more expected", count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          i == count - 1 && count > 1 ? end : start + (end - start) * i / Math.max(count - 1, 1);
    }
    return vector(values);
  }

  public static double item(Tensor x) {
    if (x.numel() != 1) {
      throw new ShapeException("item", x.shape(), "one element expected");
    }
    return switch (x.dtype()) {
      case FLOAT32, FLOAT16, BFLOAT16 -> ((float[]) array(x.to(DType.FLOAT32)))[0];
      case FLOAT64 -> ((double[]) array(x))[0];
      case INT32 -> ((int[]) array(x))[0];
      case INT64 -> ((long[]) array(x))[0];
      case BOOL -> ((boolean[]) array(x))[0] ? 1 : 0;
    };
  }

  /** A new array of x's own element type; of 16-bit reals, their bits. */
  public static Object array(Tensor x) {
    int n = (int) x.numel();
    Object array =
        switch (x.dtype()) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT32 -> new int[n];
          case INT64 -> new long[n];
          case FLOAT16, BFLOAT16 -> new short[n];
          case BOOL -> new boolean[n];
        };
    of(x).backend().toArray(of(x), array);
    return array;
  }
}
