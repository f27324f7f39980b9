package org.notegrad.cpu;

/** A matrix of 16-bit numbers in an array, which become float32 where they are read. */
record HalfMatrix(Format format, short[] array, int at, int rowStep, int columnStep)
    implements FloatMatrix {
  /** What 16 bits mean. */
  enum Format {
    /** IEEE 754's binary16. */
    FLOAT16,
    /** The upper half of a float32. */
    BFLOAT16
  }

  @Override
  public float get(int row, int column) {
    short bits = array[at + row * rowStep + column * columnStep];
    return switch (format) {
      case FLOAT16 -> Float.float16ToFloat(bits);
      case BFLOAT16 -> Float.intBitsToFloat(bits << 16);
    };
  }

  @Override
  public boolean isByRows() {
    return Math.abs(columnStep) <= Math.abs(rowStep);
  }

  @Override
  public void copy(int row, int column, int rows, int columns, float[] to, int start, int step) {
    int from = at + row * rowStep + column * columnStep;
    // Along the neighbours; to is filled along its rows or its columns.
    boolean byRows = isByRows();
    int lines = byRows ? rows : columns;
    int length = byRows ? columns : rows;
    int lineStep = byRows ? rowStep : columnStep;
    int elementStep = byRows ? columnStep : rowStep;
    for (int i = 0; i < lines; i++) {
      int line = from + i * lineStep;
      int out = start + i * (byRows ? step : 1);
      int outStep = byRows ? 1 : step;
      switch (format) {
        case FLOAT16 -> {
          for (int j = 0; j < length; j++) {
            to[out + j * outStep] = Float.float16ToFloat(array[line + j * elementStep]);
          }
        }
        case BFLOAT16 -> {
          for (int j = 0; j < length; j++) {
            to[out + j * outStep] = Float.intBitsToFloat(array[line + j * elementStep] << 16);
          }
        }
      }
    }
  }
}
