package org.notegrad.cpu;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.notegrad.DType;
import org.notegrad.Shape;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.ReduceOp;

/** Reductions: rows are reduced one by one, columns by joining whole rows. */
final class CpuReduce {
  private CpuReduce() {}

  static void reduce(CpuKernels kernels, ReduceOp op, Operand x, Operand out) {
    int rank = x.rank();
    int[] order = new int[rank];
    int kept = 0;
    for (int dim = 0; dim < rank; dim++) {
      kept += x.size(dim) == out.size(dim) ? 1 : 0;
    }
    int first = 0;
    int last = kept;
    for (int dim = 0; dim < rank; dim++) {
      order[x.size(dim) == out.size(dim) ? first++ : last++] = dim;
    }
    Layout moved = x.layout().permute(order);
    Layout keptPart = part(moved, 0, kept);
    Layout reducedPart = part(moved, kept, rank);
    Layout to = Layout.contiguous(keptPart.shape());
    Walk outer = Walk.of(keptPart, to);
    Walk inner = Walk.of(reducedPart);
    if (op == ReduceOp.SUM && isColumns(x, outer, inner)) {
      sumColumns(kernels, x, (int) keptPart.offset(), inner, outer.length(), out);
      return;
    }
    long work = Math.max(1, x.numel() / Math.max(1, out.numel()));
    int grain = (int) Math.max(1, CpuBackend.GRAIN / work);
    outer.forEach(grain, (at, n) -> rows(kernels, op, x, outer, inner, reducedPart, at, n, out));
  }

  /** Whether neighbours are kept, and whole rows at one distance go. */
  private static boolean isColumns(Operand x, Walk outer, Walk inner) {
    return x.dtype().isFloating()
        && x.numel() > 0
        && outer.runs() == 1
        && outer.step(0) == 1
        && outer.length() > 1
        && inner.runs() == 1;
  }

  private static void sumColumns(
      CpuKernels kernels, Operand x, int from, Walk rows, int columns, Operand out) {
    int rowStep = rows.step(0);
    int count = rows.length();
    int to = (int) out.layout().offset();
    Parallel.forRange(
        columns,
        Math.max(1, CpuBackend.GRAIN / count),
        (lo, hi) -> {
          if (x.dtype() == DType.FLOAT32) {
            float[] sums = CpuBackend.floats(out);
            kernels.sumColumns(
                CpuBackend.floats(x), from + lo, rowStep, count, sums, to + lo, hi - lo);
          } else {
            double[] sums = CpuBackend.doubles(out);
            kernels.sumColumns(
                CpuBackend.doubles(x), from + lo, rowStep, count, sums, to + lo, hi - lo);
          }
        });
  }

  /** The dimensions {@code from} to {@code to} of a layout, from its offset. */
  private static Layout part(Layout layout, int from, int to) {
    Layout part = layout;
    for (int dim = layout.rank() - 1; dim >= 0; dim--) {
      if (dim < from || dim >= to) {
        part = layout.size(dim) == 0 ? empty(part, dim) : part.select(dim, 0);
      }
    }
    return part;
  }

  private static Layout empty(Layout layout, int dim) {
    return Layout.contiguous(layout.shape().without(dim));
  }

  private static void rows(
      CpuKernels kernels,
      ReduceOp op,
      Operand x,
      Walk outer,
      Walk inner,
      Layout reduced,
      int[] at,
      int n,
      Operand out) {
    int xStep = outer.step(0);
    int outStep = outer.step(1);
    int base = (int) out.layout().offset();
    for (int i = 0; i < n; i++) {
      int shift = at[0] + i * xStep - (int) reduced.offset();
      int to = base + at[1] + i * outStep;
      one(kernels, op, x, inner, reduced.shape(), shift, out, to);
    }
  }

  private static void one(
      CpuKernels kernels,
      ReduceOp op,
      Operand x,
      Walk inner,
      Shape reduced,
      int shift,
      Operand out,
      int to) {
    int step = inner.step(0);
    switch (x.dtype()) {
      case FLOAT32, FLOAT64 -> {
        double[] result = {op.neutral()};
        if (reduced.numel() > 0) {
          inner.forEach(
              Integer.MAX_VALUE,
              (at, n) -> {
                double run =
                    x.dtype() == DType.FLOAT32
                        ? kernels.reduce(op, CpuBackend.floats(x), at[0] + shift, step, n)
                        : kernels.reduce(op, CpuBackend.doubles(x), at[0] + shift, step, n);
                result[0] = PlainKernels.function(op.step()).applyAsDouble(result[0], run);
              });
        }
        if (x.dtype() == DType.FLOAT32) {
          CpuBackend.floats(out)[to] = (float) result[0];
        } else {
          CpuBackend.doubles(out)[to] = result[0];
        }
      }
      case INT64, BOOL -> {
        boolean bool = x.dtype() == DType.BOOL;
        long[] result = {(long) op.neutral()};
        if (reduced.numel() > 0) {
          inner.forEach(
              Integer.MAX_VALUE,
              (at, n) -> {
                for (int i = 0; i < n; i++) {
                  int from = at[0] + shift + i * step;
                  long value = bool ? CpuBackend.bytes(x)[from] : CpuBackend.longs(x)[from];
                  result[0] = PlainKernels.integerFunction(op.step()).applyAsLong(result[0], value);
                }
              });
        }
        if (bool) {
          CpuBackend.bytes(out)[to] = (byte) result[0];
        } else {
          CpuBackend.longs(out)[to] = result[0];
        }
      }
    }
  }

  static void arg(ArgOp op, Operand x, int dim, Operand out) {
    int size = x.rank() == 0 ? 1 : x.size(dim);
    int step = x.rank() == 0 ? 0 : (int) x.layout().stride(dim);
    Layout rows = x.rank() == 0 ? x.layout() : x.layout().slice(dim, 0, Math.min(size, 1), 1);
    Walk walk = Walk.of(rows, out.layout());
    long[] to = CpuBackend.longs(out);
    walk.forEach(
        Math.max(1, CpuBackend.GRAIN / Math.max(1, size)),
        (at, n) -> {
          for (int i = 0; i < n; i++) {
            int from = at[0] + i * walk.step(0);
            to[at[1] + i * walk.step(1)] = best(op, x, from, step, size);
          }
        });
  }

  /** Where the first NaN is, or else the first extreme element. */
  private static long best(ArgOp op, Operand x, int from, int step, int size) {
    return switch (x.dtype()) {
      case FLOAT32 -> bestReal(op, at -> CpuBackend.floats(x)[at], from, step, size);
      case FLOAT64 -> bestReal(op, at -> CpuBackend.doubles(x)[at], from, step, size);
      case INT64 -> bestInteger(op, at -> CpuBackend.longs(x)[at], from, step, size);
      case BOOL -> bestInteger(op, at -> CpuBackend.bytes(x)[at], from, step, size);
    };
  }

  private static long bestReal(ArgOp op, IntToDoubleFunction x, int from, int step, int size) {
    int best = 0;
    double bestValue = x.applyAsDouble(from);
    for (int i = 1; i < size && !Double.isNaN(bestValue); i++) {
      double value = x.applyAsDouble(from + i * step);
      boolean better =
          switch (op) {
            case ARGMAX -> value > bestValue;
            case ARGMIN -> value < bestValue;
          };
      if (better || Double.isNaN(value)) {
        best = i;
        bestValue = value;
      }
    }
    return best;
  }

  private static long bestInteger(ArgOp op, IntToLongFunction x, int from, int step, int size) {
    int best = 0;
    long bestValue = x.applyAsLong(from);
    for (int i = 1; i < size; i++) {
      long value = x.applyAsLong(from + i * step);
      boolean better =
          switch (op) {
            case ARGMAX -> value > bestValue;
            case ARGMIN -> value < bestValue;
          };
      if (better) {
        best = i;
        bestValue = value;
      }
    }
    return best;
  }
}
