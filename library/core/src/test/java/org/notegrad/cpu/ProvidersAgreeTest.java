package org.notegrad.cpu;

import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.epsilon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.DType;
import org.notegrad.Keep;
import org.notegrad.Tensor;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;

/**
 * Random programs: each step applies an operation to results of earlier steps, seen through random
 * views, on both providers. Elementwise operations give the same bits; sums and products are
 * rounded in another order.
 */
class ProvidersAgreeTest {
  private static final int STEPS = 300;

  private final Backend plain = new CpuBackend(new PlainKernels());
  private final Backend vector = new CpuBackend(new VectorKernels());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomProgramsAgree(long seed) {
    var random = new SplittableRandom(seed);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      List<Tensor> values = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        if (step % 5 == 0) { // views and sums make tensors small
          values.add(Elements.ordinary(dtype, step, random.nextInt(1, 9), random.nextInt(1, 70)));
          values.add(Elements.ordinary(dtype, step + 1, 2, 3, random.nextInt(1, 40)));
        }
        Tensor x = view(values.get(random.nextInt(values.size())), random);
        Tensor result = step(x, random, dtype + ", seed " + seed + ", step " + step);
        values.add(bounded(result));
        while (values.size() > 12) {
          values.remove(random.nextInt(values.size()));
        }
      }
    }
  }

  /** Away from overflow, so that the programs go on computing with numbers. */
  private static Tensor bounded(Tensor x) {
    Tensor finite = org.notegrad.Functional.where(x.isFinite(), x, Tensor.scalar(x.dtype(), 0.5));
    return finite.clamp(-20, 20);
  }

  private static Tensor view(Tensor x, SplittableRandom random) {
    Tensor view = x;
    for (int i = random.nextInt(4); i > 0 && view.rank() > 0; i--) {
      int dim = random.nextInt(view.rank());
      int size = view.size(dim);
      view =
          switch (random.nextInt(5)) {
            case 0 -> view.transpose(dim, random.nextInt(view.rank()));
            case 1 -> view.slice(dim, random.nextInt(Math.max(size, 1)) / 2, size);
            case 2 -> size > 4 ? view.slice(dim, 1, size, 2) : view;
            case 3 -> view.rank() < 4 ? view.unsqueeze(dim) : view;
            default -> size > 0 ? view.narrow(dim, 0, 1).expand(view.shape()) : view;
          };
    }
    return view;
  }

  private Tensor step(Tensor x, SplittableRandom random, String where) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> unary(UnaryOp.values()[random.nextInt(UnaryOp.values().length)], x, where);
      case 2 -> {
        Tensor other = view(x, random);
        boolean fits = other.shape().equals(x.shape());
        yield binary(
            BinaryOp.values()[random.nextInt(BinaryOp.values().length)],
            x,
            fits ? other : x.neg(),
            where);
      }
      case 3 -> x.numel() == 0 ? x : reduce(ReduceOp.SUM, x, random, where);
      default -> x.rank() < 2 || x.numel() == 0 ? x : matmul(x, where);
    };
  }

  private Tensor unary(UnaryOp op, Tensor x, String where) {
    Tensor expected = Tensor.zeros(x.dtype(), x.shape().toArray());
    Tensor actual = Tensor.zeros(x.dtype(), x.shape().toArray());
    plain.unary(op, of(x), of(expected));
    vector.unary(op, of(x), of(actual));
    Elements.assertSame(op + " of " + of(x).layout() + ", " + where, expected, actual);
    return expected;
  }

  private Tensor binary(BinaryOp op, Tensor a, Tensor b, String where) {
    Tensor expected = Tensor.zeros(a.dtype(), a.shape().toArray());
    Tensor actual = Tensor.zeros(a.dtype(), a.shape().toArray());
    plain.binary(op, of(a), of(b), of(expected));
    vector.binary(op, of(a), of(b), of(actual));
    String context = op + " of " + of(a).layout() + " and " + of(b).layout() + ", " + where;
    Elements.assertSame(context, expected, actual);
    return expected;
  }

  private Tensor reduce(ReduceOp op, Tensor x, SplittableRandom random, String where) {
    if (x.rank() == 0) {
      return x;
    }
    int dim = random.nextInt(x.rank());
    Tensor expected = Tensor.zeros(x.dtype(), x.shape().with(dim, 1).toArray());
    Tensor actual = Tensor.zeros(x.dtype(), x.shape().with(dim, 1).toArray());
    plain.reduce(op, of(x), of(expected));
    vector.reduce(op, of(x), of(actual));
    near(
        op + " of " + of(x).layout() + ", " + where,
        expected,
        actual,
        x.abs().sum(dim, Keep.KEEP),
        72);
    return expected;
  }

  private Tensor matmul(Tensor x, String where) {
    Tensor t = x.transpose(-1, -2);
    int[] shape = x.shape().with(-1, x.size(-2)).toArray();
    Tensor expected = Tensor.zeros(x.dtype(), shape);
    Tensor actual = Tensor.zeros(x.dtype(), shape);
    plain.matmul(of(x), of(t), of(expected));
    vector.matmul(of(x), of(t), of(actual));
    Tensor magnitude = x.abs().matmul(t.abs());
    near("matmul of " + of(x).layout() + ", " + where, expected, actual, magnitude, x.size(-1) + 2);
    return expected;
  }

  private static void near(
      String context, Tensor expected, Tensor actual, Tensor magnitude, int roundings) {
    double[] bound = magnitude.toDoubleArray();
    double each = epsilon(expected.dtype()) * roundings;
    assertWithin(
        context,
        expected.toDoubleArray(),
        actual,
        Arrays.stream(bound).map(size -> size * each).toArray());
  }
}
