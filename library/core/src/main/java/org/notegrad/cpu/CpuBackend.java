package org.notegrad.cpu;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Packed;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.Program;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.Storage;
import org.notegrad.backend.UnaryOp;
import org.notegrad.backend.Widening;

/**
 * Tensors on the Java heap: takes strided operands apart into runs, and the runs to kernels, on
 * several threads.
 */
public final class CpuBackend implements Backend {
  /** Below this many elements a second thread costs more than it brings. */
  static final int GRAIN = 32_768;

  private final CpuKernels kernels;
  private final CpuPrograms programs;

  CpuBackend(CpuKernels kernels) {
    this.kernels = kernels;
    programs = new CpuPrograms(kernels.floatLanes(), kernels.doubleLanes());
  }

  /** The backend with the best provider that this Java allows; for {@code ServiceLoader}. */
  public CpuBackend() {
    this(Provider.best());
  }

  static float[] floats(Operand x) {
    return ((HeapStorage) x.storage()).floats();
  }

  /** The array behind a tensor of any type. */
  static Object array(Operand x) {
    return ((HeapStorage) x.storage()).array();
  }

  static double[] doubles(Operand x) {
    return ((HeapStorage) x.storage()).doubles();
  }

  static long[] longs(Operand x) {
    return ((HeapStorage) x.storage()).longs();
  }

  static int[] ints(Operand x) {
    return ((HeapStorage) x.storage()).ints();
  }

  static short[] shorts(Operand x) {
    return ((HeapStorage) x.storage()).shorts();
  }

  static byte[] bytes(Operand x) {
    return ((HeapStorage) x.storage()).bytes();
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public String describe() {
    return "cpu: " + kernels.describe() + ", " + Parallel.threads() + " threads";
  }

  @Override
  public Storage allocate(DType dtype, long length) {
    return new HeapStorage(dtype, Math.toIntExact(length));
  }

  @Override
  public Storage fromArray(DType dtype, Object array) {
    return switch (array) {
      case float[] a -> new HeapStorage(dtype, a.length, a.clone());
      case double[] a -> new HeapStorage(dtype, a.length, a.clone());
      case int[] a -> new HeapStorage(dtype, a.length, a.clone());
      case long[] a -> new HeapStorage(dtype, a.length, a.clone());
      case short[] a -> new HeapStorage(dtype, a.length, a.clone());
      case boolean[] a -> new HeapStorage(dtype, a.length, CpuCopy.toBytes(a));
      default -> throw new IllegalArgumentException("no " + dtype + " in " + array.getClass());
    };
  }

  @Override
  public void toArray(Operand x, Object array) {
    CpuCopy.toArray(x, array);
  }

  @Override
  public void fill(Operand out, double value) {
    CpuCopy.fill(out, value);
  }

  @Override
  public void copy(Operand x, Operand out) {
    CpuCopy.copy(x, out);
  }

  @Override
  public void unary(UnaryOp op, Operand x, Operand out) {
    if (Widening.applies(out)) {
      Widening.blocks(w -> unary(op, w[0], w[1]), x, out);
      return;
    }
    Walk walk = Walk.of(x.layout(), out.layout());
    int xStep = walk.step(0);
    int outStep = walk.step(1);
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] from = floats(x);
        float[] to = floats(out);
        walk.forEach(
            GRAIN, (at, n) -> kernels.unary(op, from, at[0], xStep, to, at[1], outStep, n));
      }
      case FLOAT64 -> {
        double[] from = doubles(x);
        double[] to = doubles(out);
        walk.forEach(
            GRAIN, (at, n) -> kernels.unary(op, from, at[0], xStep, to, at[1], outStep, n));
      }
      case INT64 -> {
        long[] from = longs(x);
        long[] to = longs(out);
        LongUnaryOperator f = PlainKernels.integerFunction(op);
        walk.forEach(
            GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                to[at[1] + i * outStep] = f.applyAsLong(from[at[0] + i * xStep]);
              }
            });
      }
      case BOOL -> {
        if (op != UnaryOp.SIGN) {
          throw new IllegalArgumentException(op + " on truth values");
        }
        copy(x, out);
      }
    }
  }

  @Override
  public void binary(BinaryOp op, Operand a, Operand b, Operand out) {
    if (Widening.applies(out)) {
      Widening.blocks(w -> binary(op, w[0], w[1], w[2]), a, b, out);
      return;
    }
    Walk walk = Walk.of(a.layout(), b.layout(), out.layout());
    int aStep = walk.step(0);
    int bStep = walk.step(1);
    int outStep = walk.step(2);
    switch (out.dtype()) {
      case FLOAT32 -> {
        float[] left = floats(a);
        float[] right = floats(b);
        float[] to = floats(out);
        walk.forEach(
            GRAIN,
            (at, n) ->
                kernels.binary(op, left, at[0], aStep, right, at[1], bStep, to, at[2], outStep, n));
      }
      case FLOAT64 -> {
        double[] left = doubles(a);
        double[] right = doubles(b);
        double[] to = doubles(out);
        walk.forEach(
            GRAIN,
            (at, n) ->
                kernels.binary(op, left, at[0], aStep, right, at[1], bStep, to, at[2], outStep, n));
      }
      case INT64 -> {
        long[] left = longs(a);
        long[] right = longs(b);
        long[] to = longs(out);
        LongBinaryOperator f = PlainKernels.integerFunction(op);
        walk.forEach(
            GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                to[at[2] + i * outStep] =
                    f.applyAsLong(left[at[0] + i * aStep], right[at[1] + i * bStep]);
              }
            });
      }
      case BOOL -> {
        byte[] left = bytes(a);
        byte[] right = bytes(b);
        byte[] to = bytes(out);
        LongBinaryOperator f = PlainKernels.truthFunction(op);
        walk.forEach(
            GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                to[at[2] + i * outStep] =
                    (byte) f.applyAsLong(left[at[0] + i * aStep], right[at[1] + i * bStep]);
              }
            });
      }
    }
  }

  @Override
  public void compare(CompareOp op, Operand a, Operand b, Operand out) {
    if (Widening.applies(a)) {
      Widening.blocks(w -> compare(op, w[0], w[1], w[2]), a, b, out);
      return;
    }
    Walk walk = Walk.of(a.layout(), b.layout(), out.layout());
    int aStep = walk.step(0);
    int bStep = walk.step(1);
    int outStep = walk.step(2);
    byte[] to = bytes(out);
    switch (a.dtype()) {
      case FLOAT32 -> {
        float[] left = floats(a);
        float[] right = floats(b);
        walk.forEach(
            GRAIN,
            (at, n) ->
                kernels.compare(
                    op, left, at[0], aStep, right, at[1], bStep, to, at[2], outStep, n));
      }
      case FLOAT64 -> {
        double[] left = doubles(a);
        double[] right = doubles(b);
        walk.forEach(
            GRAIN,
            (at, n) ->
                kernels.compare(
                    op, left, at[0], aStep, right, at[1], bStep, to, at[2], outStep, n));
      }
      case INT64 -> {
        long[] left = longs(a);
        long[] right = longs(b);
        walk.forEach(
            GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                boolean holds =
                    PlainKernels.holds(op, left[at[0] + i * aStep], right[at[1] + i * bStep]);
                to[at[2] + i * outStep] = (byte) (holds ? 1 : 0);
              }
            });
      }
      case BOOL -> {
        byte[] left = bytes(a);
        byte[] right = bytes(b);
        walk.forEach(
            GRAIN,
            (at, n) -> {
              for (int i = 0; i < n; i++) {
                long p = left[at[0] + i * aStep];
                long q = right[at[1] + i * bStep];
                to[at[2] + i * outStep] = (byte) (PlainKernels.holds(op, p, q) ? 1 : 0);
              }
            });
      }
    }
  }

  @Override
  public void where(Operand condition, Operand a, Operand b, Operand out) {
    if (Widening.applies(out)) {
      Widening.blocks(w -> where(w[0], w[1], w[2], w[3]), condition, a, b, out);
      return;
    }
    CpuIndexing.where(kernels, condition, a, b, out);
  }

  @Override
  public void reduce(ReduceOp op, Operand x, Operand out) {
    if (Widening.applies(x)) {
      Widening.into(out, w -> reduce(op, Widening.wide(x), w));
      return;
    }
    CpuReduce.reduce(kernels, op, x, out);
  }

  @Override
  public void argReduce(ArgOp op, Operand x, int dim, Operand out) {
    if (Widening.applies(x)) {
      argReduce(op, Widening.wide(x), dim, out);
      return;
    }
    CpuReduce.arg(kernels, op, x, out);
  }

  @Override
  public void matmul(Operand a, Operand b, Operand out) {
    if (Widening.applies(out)) {
      Widening.into(out, w -> matmul(Widening.wide(a), Widening.wide(b), w));
      return;
    }
    CpuMatmul.matmul(kernels, a, b, null, out);
  }

  @Override
  public void linear(Operand x, Operand w, Operand b, Operand out) {
    if (Widening.applies(out)) {
      Operand bias = b == null ? null : Widening.wide(b);
      Widening.into(out, o -> linear(Widening.wide(x), Widening.wide(w), bias, o));
      return;
    }
    Operand bias = b == null ? null : b.expand(out.shape());
    CpuMatmul.matmul(kernels, x, w.t(), bias, out);
  }

  @Override
  public Packed pack(Operand w) {
    return Widening.applies(w) ? Backend.super.pack(w) : CpuMatmul.pack(kernels, w);
  }

  @Override
  public void linear(Operand x, Packed w, Operand b, Operand out) {
    if (Widening.applies(out)) {
      linear(x, w.weight(), b, out);
      return;
    }
    Operand bias = b == null ? null : b.expand(out.shape());
    CpuMatmul.linear(kernels, x, w, bias, out);
  }

  @Override
  public void softmax(Operand x, boolean logarithm, Operand out) {
    if (Widening.applies(x)) {
      Widening.into(out, w -> softmax(Widening.wide(x), logarithm, w));
      return;
    }
    Operand rows = x.contiguous();
    int columns = x.rank() == 0 ? 1 : x.size(-1);
    if (x.numel() == 0) {
      return;
    }
    int count = (int) (x.numel() / columns);
    int from = (int) rows.layout().offset();
    int grain = Math.max(1, GRAIN / 8 / columns);
    switch (x.dtype()) {
      case FLOAT32 ->
          Parallel.forRange(
              count,
              grain,
              (lo, hi) ->
                  kernels.softmaxRows(
                      floats(rows),
                      from + lo * columns,
                      floats(out),
                      lo * columns,
                      hi - lo,
                      columns,
                      logarithm));
      case FLOAT64 ->
          Parallel.forRange(
              count,
              grain,
              (lo, hi) ->
                  kernels.softmaxRows(
                      doubles(rows),
                      from + lo * columns,
                      doubles(out),
                      lo * columns,
                      hi - lo,
                      columns,
                      logarithm));
      case BOOL, INT32, INT64, FLOAT16, BFLOAT16 ->
          throw new IllegalArgumentException("softmax on " + x.dtype());
    }
  }

  @Override
  public void crossEntropy(Operand logits, Operand target, Operand out) {
    if (Widening.applies(logits)) {
      Widening.into(out, w -> crossEntropy(Widening.wide(logits), target, w));
      return;
    }
    CpuIndexing.crossEntropy(kernels, logits.contiguous(), target.contiguous(), out);
  }

  @Override
  public void gather(Operand x, int dim, Operand index, Operand out) {
    CpuIndexing.gather(x, dim, index, out);
  }

  @Override
  public void scatterAdd(Operand x, int dim, Operand index, Operand out) {
    if (Widening.applies(out)) {
      Operand sums = Widening.wide(out);
      scatterAdd(Widening.wide(x), dim, index, sums);
      copy(sums, out);
      return;
    }
    CpuIndexing.scatterAdd(x, dim, index, out);
  }

  @Override
  public void random(Distribution distribution, long seed, long offset, Operand out) {
    if (Widening.applies(out)) {
      CpuRandom.narrow(this, distribution, seed, offset, out);
      return;
    }
    CpuRandom.fill(distribution, seed, offset, out);
  }

  @Override
  public boolean run(Program program, double[] numbers, Operand[] inputs, Operand[] outputs) {
    return program.type().wide() == program.type()
        && programs.run(program, numbers, inputs, outputs);
  }

  @Override
  public String explain(Program program) {
    return programs.explain(program);
  }
}
