package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Backends;
import org.notegrad.backend.Storage;

/**
 * Elements in a Java array: {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]},
 * {@code short[]} for 16-bit reals, or {@code byte[]} for bool (0 or 1).
 */
final class HeapStorage extends Storage {
  private final Object array;

  HeapStorage(DType dtype, int length) {
    super(dtype, length);
    this.array =
        switch (dtype) {
          case FLOAT32 -> new float[length];
          case FLOAT64 -> new double[length];
          case INT32 -> new int[length];
          case INT64 -> new long[length];
          case FLOAT16, BFLOAT16 -> new short[length];
          case BOOL -> new byte[length];
        };
  }

  HeapStorage(DType dtype, int length, Object array) {
    super(dtype, length);
    this.array = array;
  }

  @Override
  public Backend backend() {
    return Backends.cpu();
  }

  Object array() {
    return array;
  }

  float[] floats() {
    return (float[]) array;
  }

  double[] doubles() {
    return (double[]) array;
  }

  long[] longs() {
    return (long[]) array;
  }

  int[] ints() {
    return (int[]) array;
  }

  short[] shorts() {
    return (short[]) array;
  }

  byte[] bytes() {
    return (byte[]) array;
  }
}
