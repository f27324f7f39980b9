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

  public static Tensor allocate(Backend backend, DType dtype, Shape shape) {
    if (shape.numel() > MOST_ELEMENTS) {
      throw new ShapeException(
          "allocate", shape, "%d elements; a tensor has at most %d", shape.numel(), MOST_ELEMENTS);
    }
    return of(backend.allocate(dtype, shape.numel()), shape).tensor();
  }

  /** A tensor on the device of {@code like}; all zero, as the backend allocates. */
  public static Tensor empty(DType dtype, Shape shape, Tensor like) {
    return allocate(of(like).backend(), dtype, shape);
  }

  /** Zeros of a type, on a device. */
  public static Tensor zeros(TensorOptions options, Shape shape) {
    return allocate(Backends.of(options.device()), options.dtype(), shape);
  }

  public static Tensor zeros(DType dtype, Shape shape) {
    return allocate(Backends.cpu(), dtype, shape);
  }

  /** Exact, also where a double can't hold the value. */
  public static Tensor scalar(DType dtype, long value) {
    return zeros(dtype, Shape.SCALAR).fillInPlace(value);
  }

  public static Tensor fromArray(Object values, int length, int[] sizes) {
    Shape shape = Shape.of(sizes);
    if (shape.numel() != length) {
      throw new ShapeException("fromArray", shape, "%d values do not fill it", length);
    }
    return of(Backends.cpu().fromArray(values), shape).tensor();
  }

  public static Tensor vector(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return fromArray(floats, floats.length, new int[] {floats.length});
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
    return fromArray(floats, floats.length, new int[] {rows.length, columns});
  }

  public static Tensor eye(int n) {
    Tensor zeros = zeros(DType.FLOAT32, Shape.of(n, n));
    zeros.reshape((int) zeros.numel()).slice(0, 0, Integer.MAX_VALUE, n + 1).fillInPlace(1);
    return zeros;
  }

  public static Tensor arange(long start, long end, long step) {
    if (step == 0) {
      throw new NotegradException("arange", "step is 0");
    }
    int count = Math.toIntExact(Math.max(0, Math.ceilDiv(end - start, step)));
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = start + i * step;
    }
    return fromArray(values, count, new int[] {count});
  }

  public static Tensor arange(double start, double end, double step) {
    if (step == 0 || Double.isNaN(step)) {
      throw new NotegradException("arange", "step is %s", step);
    }
    int count = Math.toIntExact((long) Math.max(0, Math.ceil((end - start) / step)));
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = start + i * step;
    }
    return vector(values);
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
      case FLOAT32 -> ((float[]) array(x))[0];
      case FLOAT64 -> ((double[]) array(x))[0];
      case INT64 -> ((long[]) array(x))[0];
      case BOOL -> ((boolean[]) array(x))[0] ? 1 : 0;
    };
  }

  /** A new array of x's own element type. */
  public static Object array(Tensor x) {
    int n = (int) x.numel();
    Object array =
        switch (x.dtype()) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT64 -> new long[n];
          case BOOL -> new boolean[n];
        };
    of(x).backend().toArray(of(x), array);
    return array;
  }
}
