package org.notegrad.cpu;

import java.util.function.IntFunction;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Operand;
import org.notegrad.backend.ReduceOp;

/** Reductions, and where extremes are. */
final class CpuReduce {
  private CpuReduce() {}

  static void reduce(CpuKernels kernels, ReduceOp op, Operand x, Operand out) {
    IntFunction<Partials> partials =
        switch (x.dtype()) {
          case FLOAT32 -> {
            float[] from = CpuBackend.floats(x);
            float[] to = CpuBackend.floats(out);
            yield count -> new FloatPartials(kernels, op, from, to, count);
          }
          case FLOAT64 -> {
            double[] from = CpuBackend.doubles(x);
            double[] to = CpuBackend.doubles(out);
            yield count -> new DoublePartials(kernels, op, from, to, count);
          }
          case INT32, INT64, BOOL, FLOAT16, BFLOAT16 ->
              count -> new LongPartials(op, integers(x), integers(out), count);
        };
    new Reduction(x.layout(), out.layout()).run(partials);
  }

  static void arg(CpuKernels kernels, ArgOp op, Operand x, Operand out) {
    long[] to = CpuBackend.longs(out);
    IntFunction<Partials> partials =
        switch (x.dtype()) {
          case FLOAT32 -> {
            float[] from = CpuBackend.floats(x);
            yield count -> new FloatArgs(kernels, op, from, to, count);
          }
          case FLOAT64 -> {
            double[] from = CpuBackend.doubles(x);
            yield count -> new DoubleArgs(kernels, op, from, to, count);
          }
          case INT32, INT64, BOOL, FLOAT16, BFLOAT16 ->
              count -> new LongArgs(op, integers(x), to, count);
        };
    new Reduction(x.layout(), out.layout()).run(partials);
  }

  private static LongElements integers(Operand x) {
    return switch (x.dtype()) {
      case INT64 -> new LongElements.Longs(CpuBackend.longs(x));
      case BOOL -> new LongElements.Bytes(CpuBackend.bytes(x));
      case INT32, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalArgumentException("integers of " + x.dtype());
    };
  }
}
