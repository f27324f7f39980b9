package org.notegrad.cpu;

import static org.notegrad.cpu.CpuBackend.GRAIN;
import static org.notegrad.cpu.CpuBackend.bytes;
import static org.notegrad.cpu.CpuBackend.doubles;
import static org.notegrad.cpu.CpuBackend.floats;
import static org.notegrad.cpu.CpuBackend.ints;
import static org.notegrad.cpu.CpuBackend.longs;
import static org.notegrad.cpu.CpuBackend.shorts;

import java.util.Arrays;
import org.notegrad.DType;
import org.notegrad.backend.Halves;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;

/** Copies, conversions and fills. */
final class CpuCopy {
  private CpuCopy() {}

  /** How an element is read: real types as double, the others as long. */
  private interface Reader {
    /** Rounded once: a long that goes through double may be rounded twice. */
    default float single(int at) {
      return (float) real(at);
    }

    double real(int at);

    long integer(int at);

    /** Real numbers beyond an int's range become its ends, longs wrap around. */
    default int small(int at) {
      return (int) real(at);
    }

    default short float16(int at) {
      return Halves.toFloat16(real(at));
    }

    default short bfloat16(int at) {
      return Halves.toBFloat16(real(at));
    }
  }

  private record Float16Reader(short[] array) implements Reader {
    @Override
    public double real(int at) {
      return Halves.fromFloat16(array[at]);
    }

    @Override
    public long integer(int at) {
      return (long) Halves.fromFloat16(array[at]);
    }
  }

  private record BFloat16Reader(short[] array) implements Reader {
    @Override
    public double real(int at) {
      return Halves.fromBFloat16(array[at]);
    }

    @Override
    public long integer(int at) {
      return (long) Halves.fromBFloat16(array[at]);
    }
  }

  private record IntReader(int[] array) implements Reader {
    @Override
    public double real(int at) {
      return array[at];
    }

    @Override
    public long integer(int at) {
      return array[at];
    }
  }

  private record FloatReader(float[] array) implements Reader {
    @Override
    public double real(int at) {
      return array[at];
    }

    @Override
    public long integer(int at) {
      return (long) array[at];
    }
  }

  private record DoubleReader(double[] array) implements Reader {
    @Override
    public double real(int at) {
      return array[at];
    }

    @Override
    public long integer(int at) {
      return (long) array[at];
    }
  }

  private record LongReader(long[] array) implements Reader {
    @Override
    public float single(int at) {
      return array[at];
    }

    @Override
    public double real(int at) {
      return array[at];
    }

    @Override
    public long integer(int at) {
      return array[at];
    }

    @Override
    public int small(int at) {
      return (int) array[at];
    }

    @Override
    public short float16(int at) {
      return Halves.toFloat16(array[at]);
    }

    @Override
    public short bfloat16(int at) {
      return Halves.toBFloat16(array[at]);
    }
  }

  private record ByteReader(byte[] array) implements Reader {
    @Override
    public double real(int at) {
      return array[at];
    }

    @Override
    public long integer(int at) {
      return array[at];
    }
  }

  private static Reader reader(Operand x) {
    return switch (x.dtype()) {
      case FLOAT32 -> new FloatReader(floats(x));
      case FLOAT64 -> new DoubleReader(doubles(x));
      case INT32 -> new IntReader(ints(x));
      case INT64 -> new LongReader(longs(x));
      case FLOAT16 -> new Float16Reader(shorts(x));
      case BFLOAT16 -> new BFloat16Reader(shorts(x));
      case BOOL -> new ByteReader(bytes(x));
    };
  }

  static byte[] toBytes(boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return bytes;
  }

  static void toArray(Operand x, Object array) {
    int n = (int) x.numel();
    Operand rows = x.contiguous();
    int from = (int) rows.layout().offset();
    if (array instanceof boolean[] values) {
      byte[] bytes = bytes(rows);
      for (int i = 0; i < n; i++) {
        values[i] = bytes[from + i] != 0;
      }
    } else {
      System.arraycopy(CpuBackend.array(rows), from, array, 0, n);
    }
  }

  /** {@code x} in another type: itself if it has that type, or else a copy in row-major order. */
  static Operand to(DType dtype, Operand x) {
    if (x.dtype() == dtype) {
      return x;
    }
    Operand converted = Operand.of(x.backend().allocate(dtype, x.numel()), x.shape());
    copy(x, converted);
    return converted;
  }

  static void fill(Operand out, double value) {
    Layout layout = out.layout();
    Walk walk = Walk.of(layout);
    int step = walk.step(0);
    walk.forEach(
        GRAIN,
        (at, n) -> {
          int from = at[0];
          switch (out.dtype()) {
            case FLOAT32 -> fill(floats(out), from, step, n, (float) value);
            case FLOAT64 -> fill(doubles(out), from, step, n, value);
            case INT32 -> fill(ints(out), from, step, n, (int) value);
            case INT64 -> fill(longs(out), from, step, n, (long) value);
            case FLOAT16 -> fill(shorts(out), from, step, n, Halves.toFloat16(value));
            case BFLOAT16 -> fill(shorts(out), from, step, n, Halves.toBFloat16(value));
            case BOOL -> fill(bytes(out), from, step, n, (byte) (value != 0 ? 1 : 0));
          }
        });
  }

  private static void fill(float[] out, int at, int step, int n, float value) {
    if (step == 1) {
      Arrays.fill(out, at, at + n, value);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  private static void fill(double[] out, int at, int step, int n, double value) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  private static void fill(short[] out, int at, int step, int n, short value) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  private static void fill(int[] out, int at, int step, int n, int value) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  private static void fill(long[] out, int at, int step, int n, long value) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  private static void fill(byte[] out, int at, int step, int n, byte value) {
    for (int i = 0; i < n; i++) {
      out[at + i * step] = value;
    }
  }

  static void copy(Operand x, Operand out) {
    Walk walk = Walk.of(x.layout(), out.layout());
    int xStep = walk.step(0);
    int outStep = walk.step(1);
    if (x.dtype() == out.dtype()) {
      Object from = CpuBackend.array(x);
      Object to = CpuBackend.array(out);
      boolean block = xStep == 1 && outStep == 1;
      walk.forEach(
          GRAIN,
          (at, n) -> {
            if (block) {
              System.arraycopy(from, at[0], to, at[1], n);
            } else {
              strided(from, at[0], xStep, to, at[1], outStep, n);
            }
          });
      return;
    }
    Reader from = reader(x);
    walk.forEach(GRAIN, (at, n) -> convert(from, at[0], xStep, out, at[1], outStep, n));
  }

  private static void strided(
      Object from, int at, int step, Object to, int outAt, int outStep, int n) {
    switch (from) {
      case float[] x -> {
        float[] out = (float[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      case double[] x -> {
        double[] out = (double[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      case short[] x -> {
        short[] out = (short[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      case int[] x -> {
        int[] out = (int[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      case long[] x -> {
        long[] out = (long[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      case byte[] x -> {
        byte[] out = (byte[]) to;
        for (int i = 0; i < n; i++) {
          out[outAt + i * outStep] = x[at + i * step];
        }
      }
      default -> throw new IllegalArgumentException("copy of " + from.getClass());
    }
  }

  private static void convert(
      Reader from, int at, int step, Operand out, int outAt, int outStep, int n) {
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] to = floats(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.single(at + i * step);
        }
      }
      case FLOAT64 -> {
        double[] to = doubles(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.real(at + i * step);
        }
      }
      case INT32 -> {
        int[] to = ints(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.small(at + i * step);
        }
      }
      case FLOAT16 -> {
        short[] to = shorts(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.float16(at + i * step);
        }
      }
      case BFLOAT16 -> {
        short[] to = shorts(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.bfloat16(at + i * step);
        }
      }
      case INT64 -> {
        long[] to = longs(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = from.integer(at + i * step);
        }
      }
      case BOOL -> {
        byte[] to = bytes(out);
        for (int i = 0; i < n; i++) {
          to[outAt + i * outStep] = (byte) (from.real(at + i * step) != 0 ? 1 : 0);
        }
      }
    }
  }
}
