package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.backend.Operand.of;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.LogicOp;
import org.notegrad.backend.Program.Op;
import org.notegrad.backend.ProgramBuilder;
import org.notegrad.backend.UnaryOp;

/** Compiled loops, scalar and vector, give the bits of the operations that they are made of. */
class LoopsTest {
  /** A tail for every vector width. */
  private static final int N = 4_099;

  private final CpuBackend backend = new CpuBackend();

  private static DType[] types() {
    return new DType[] {DType.FLOAT32, DType.FLOAT64};
  }

  /** Special values first, then numbers of all magnitudes, then every pattern of bits. */
  static Tensor values(DType type, long seed) {
    double[] special = {
      0.0,
      -0.0,
      1,
      -1,
      0.5,
      -0.5,
      1.5,
      2.5,
      -2.5,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      88.72,
      88.73,
      -87.34,
      -103.9,
      709.7,
      709.8,
      -745.1,
      0x1p23,
      0x1p23 + 1,
      0x1p52,
      1e-8,
      -1e-8,
      20,
      -20
    };
    var random = new SplittableRandom(seed);
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      values[i] =
          switch (i % 4) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> random.nextDouble(-3, 3);
            case 2 -> random.nextDouble(-120, 120);
            default ->
                type == DType.FLOAT32
                    ? Float.intBitsToFloat(random.nextInt())
                    : Double.longBitsToDouble(random.nextLong());
          };
    }
    return Tensor.fromArray(values, N).to(type);
  }

  private interface Code {
    int write(ProgramBuilder builder);
  }

  private static Program program(DType type, int inputs, int numbers, Code code) {
    var builder = new ProgramBuilder();
    int output = code.write(builder);
    return builder.build(
        type, java.util.Collections.nCopies(inputs, type), numbers, List.of(output));
  }

  private static int input(ProgramBuilder b, int slot, DType type) {
    return b.add(new Op.Input(slot, type));
  }

  private void check(String what, Program program, Tensor expected, Tensor... inputs) {
    int lanes =
        program.type() == DType.FLOAT32
            ? new VectorKernels().floatLanes()
            : new VectorKernels().doubleLanes();
    LoopKernel scalar;
    try {
      scalar = LoopClass.scalar(program, 0);
    } catch (LoopClass.Refused e) {
      assertTrue(e.getMessage().endsWith("has no scalar form"), e.getMessage());
      return; // such a program runs operation by operation
    }
    same(what + ", scalar", expected, run(scalar, program, inputs));
    LoopKernel vector;
    try {
      vector = LoopClass.vector(program, 0, lanes);
    } catch (LoopClass.Refused e) {
      return; // the scalar loop stays: its bits are those above
    }
    same(what + ", vector", expected, run(vector, program, inputs));
  }

  private static Tensor run(LoopKernel loop, Program program, Tensor... inputs) {
    Tensor out = Tensor.zeros(program.type(), N);
    Object[] arrays = new Object[inputs.length + 1];
    for (int i = 0; i < inputs.length; i++) {
      arrays[i] = CpuBackend.array(of(inputs[i]));
    }
    arrays[inputs.length] = CpuBackend.array(of(out));
    double[] numbers = new double[program.numbers()];
    java.util.Arrays.setAll(numbers, i -> 0.1 * i - 0.25);
    loop.run(arrays, new int[arrays.length], numbers, N);
    return out;
  }

  static void same(String what, Tensor expected, Tensor actual) {
    double[] a = expected.toDoubleArray();
    double[] b = actual.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
        assertEquals(a[i], b[i], what + ", element " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void everyFunctionOfOneTensorHasItsOperationsBits(UnaryOp op) {
    for (DType type : types()) {
      Tensor x = values(type, 1);
      Tensor expected = Tensor.zeros(type, N);
      backend.unary(op, of(x), of(expected));
      Program program = program(type, 1, 0, b -> b.add(new Op.Unary(op, input(b, 0, type))));
      check(op + " " + type, program, expected, x);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void everyFunctionOfTwoTensorsHasItsOperationsBits(BinaryOp op) {
    for (DType type : types()) {
      Tensor x = values(type, 1);
      Tensor y = values(type, 2);
      Tensor expected = Tensor.zeros(type, N);
      backend.binary(op, of(x), of(y), of(expected));
      Program program =
          program(type, 2, 0, b -> b.add(new Op.Binary(op, input(b, 0, type), input(b, 1, type))));
      check(op + " " + type, program, expected, x, y);
    }
  }

  @ParameterizedTest
  @EnumSource(CompareOp.class)
  void everyComparisonChoosesAsItsOperationDoes(CompareOp op) {
    for (DType type : types()) {
      Tensor x = values(type, 1);
      Tensor y = org.notegrad.Functional.where(values(type, 3).gt(0.0), x, values(type, 2));
      Tensor truth = Tensor.zeros(DType.BOOL, N);
      backend.compare(op, of(x), of(y), of(truth));
      Tensor expected = org.notegrad.Functional.where(truth, x, truth.to(type));
      Program program =
          program(
              type,
              2,
              0,
              b -> {
                int p = input(b, 0, type);
                int c = b.add(new Op.Compare(op, p, input(b, 1, type)));
                return b.add(new Op.Where(c, p, b.add(new Op.Real(c))));
              });
      check(op + " " + type, program, expected, x, y);
    }
  }

  @ParameterizedTest
  @EnumSource(LogicOp.class)
  void truthValuesAreJoinedAndChosen(LogicOp op) {
    for (DType type : types()) {
      Tensor x = values(type, 1);
      Tensor y = values(type, 2);
      Tensor p = x.gt(0.0);
      Tensor q = y.gt(0.0);
      Tensor joined =
          switch (op) {
            case AND -> p.logicalAnd(q);
            case OR -> p.logicalOr(q);
            case XOR -> p.ne(q);
          };
      Tensor chosen = p.logicalNot().logicalAnd(joined).logicalOr(p.logicalAnd(q)).logicalNot();
      Program program =
          program(
              type,
              2,
              1,
              b -> {
                int zero = b.add(new Op.Real(b.add(new Op.Truth(false))));
                int left = b.add(new Op.Compare(CompareOp.GT, input(b, 0, type), zero));
                int right = b.add(new Op.Compare(CompareOp.GT, input(b, 1, type), zero));
                int both = b.add(new Op.Logic(op, left, right));
                int where = b.add(new Op.Where(left, right, both));
                return b.add(new Op.Real(b.add(new Op.Not(where))));
              });
      check(op + " " + type, program, chosen.to(type), x, y);
    }
  }

  /** Random programs of all operations, in one loop and one after another. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomProgramsHaveTheirOperationsBits(long seed) {
    for (DType type : types()) {
      var random = new SplittableRandom(seed);
      Tensor x = values(type, 10 + seed);
      Tensor y = values(type, 20 + seed);
      var builder = new ProgramBuilder();
      List<Integer> made =
          new ArrayList<>(List.of(input(builder, 0, type), input(builder, 1, type)));
      List<Tensor> results = new ArrayList<>(List.of(x, y));
      for (int step = 0; step < 8; step++) {
        int a = random.nextInt(made.size());
        int b = random.nextInt(made.size());
        step(builder, random, made, results, a, b);
      }
      Program program = builder.build(type, List.of(type, type), 0, List.of(made.getLast()));
      Tensor[] inputs = {x, y};
      check("seed " + seed + " " + type + "\n" + program, program, results.getLast(), inputs);
    }
  }

  private void step(
      ProgramBuilder builder,
      SplittableRandom random,
      List<Integer> made,
      List<Tensor> results,
      int a,
      int b) {
    Tensor x = results.get(a);
    Tensor y = results.get(b);
    Tensor out = Tensor.zeros(x.dtype(), N);
    int kind = random.nextInt(3);
    if (kind == 0) {
      UnaryOp op = UnaryOp.values()[random.nextInt(UnaryOp.values().length)];
      backend.unary(op, of(x), of(out));
      made.add(builder.add(new Op.Unary(op, made.get(a))));
    } else if (kind == 1) {
      BinaryOp op = BinaryOp.values()[random.nextInt(BinaryOp.values().length)];
      backend.binary(op, of(x), of(y), of(out));
      made.add(builder.add(new Op.Binary(op, made.get(a), made.get(b))));
    } else {
      CompareOp op = CompareOp.values()[random.nextInt(CompareOp.values().length)];
      Tensor truth = Tensor.zeros(DType.BOOL, N);
      backend.compare(op, of(x), of(y), of(truth));
      backend.where(of(truth), of(x), of(y), of(out));
      int c = builder.add(new Op.Compare(op, made.get(a), made.get(b)));
      made.add(builder.add(new Op.Where(c, made.get(a), made.get(b))));
    }
    results.add(out);
  }

  @Test
  void numbersAreGivenAtRunTimeAndRoundedToTheType() {
    for (DType type : types()) {
      Tensor x = values(type, 1);
      Program program =
          program(
              type,
              1,
              3,
              b -> {
                int scaled =
                    b.add(new Op.Binary(BinaryOp.MUL, input(b, 0, type), b.add(new Op.Number(2))));
                return b.add(new Op.Binary(BinaryOp.ADD, scaled, b.add(new Op.Number(1))));
              });
      check("numbers " + type, program, x.mul(0.1 * 2 - 0.25).add(0.1 * 1 - 0.25), x);
    }
  }

  @Test
  void aLoopTooLargeForTheJitIsRefusedWithItsSize() {
    Program program = program(DType.FLOAT32, 1, 0, b -> manySigns(b, 2_000));
    var refused = assertThrows(LoopClass.Refused.class, () -> LoopClass.scalar(program, 0));
    assertTrue(refused.getMessage().contains("8000"), refused.getMessage());
    var programs = new CpuPrograms(16, 8);
    assertTrue(
        programs.explain(program).startsWith("operation by operation, since its loop has"),
        programs.explain(program));
  }

  private static int manySigns(ProgramBuilder b, int n) {
    int v = input(b, 0, DType.FLOAT32);
    for (int i = 0; i < n; i++) {
      v = b.add(new Op.Binary(BinaryOp.ADD, v, input(b, 0, DType.FLOAT32)));
    }
    return v;
  }

  @Test
  void aWarmedLoopRunsVectorsAndSaysSo() {
    Program program =
        program(
            DType.FLOAT32,
            1,
            0,
            b -> b.add(new Op.Unary(UnaryOp.SQUARE, input(b, 0, DType.FLOAT32))));
    var loop = new WarmingLoop(program, 0, new VectorKernels().floatLanes());
    Tensor x = values(DType.FLOAT32, 5);
    Consumer<String> check = what -> same(what, x.square(), run(loop, program, x));
    check.accept("cold");
    loop.warm();
    assertTrue(loop.state().startsWith("vector loop of "), loop.state());
    check.accept("hot");
  }
}
