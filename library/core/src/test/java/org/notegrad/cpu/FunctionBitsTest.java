package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.DType;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Program;
import org.notegrad.backend.UnaryOp;

/**
 * Elementwise functions give the same bits by plain loops and by vectors of any width, interpreted
 * and compiled. {@code Arrays.equals} takes NaN for equal to NaN, and -0 for different from 0.
 */
class FunctionBitsTest {
  /** A tail for every width of vectors. */
  private static final int N = 20_011;

  private static final CpuKernels PLAIN = new PlainKernels();
  private static final CpuKernels VECTOR = new VectorKernels();

  /** Special values, numbers of all magnitudes, and every pattern of bits. */
  private static double[] values(long seed) {
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
      2,
      -2,
      3,
      -3,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      88.72,
      88.73,
      -87.34,
      -103.9,
      -104.1,
      709.7,
      709.8,
      -708.4,
      -745.1,
      -745.2,
      0x1p23,
      0x1p23 + 1,
      0x1p24 + 2,
      0x1p52,
      0x1p53 + 2,
      1e-8,
      -1e-8,
      0x1p16,
      65_537,
      1e22,
      9.1,
      19.1
    };
    var random = new SplittableRandom(seed);
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      values[i] =
          switch (i % 5) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> random.nextDouble(-3, 3);
            case 2 -> random.nextDouble(-120, 120);
            case 3 -> Float.intBitsToFloat(random.nextInt());
            default -> Double.longBitsToDouble(random.nextLong());
          };
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static float[] plain(UnaryOp op, float[] x) {
    float[] out = new float[x.length];
    PLAIN.unary(op, x, 0, 1, out, 0, 1, x.length);
    return out;
  }

  private static double[] plain(UnaryOp op, double[] x) {
    double[] out = new double[x.length];
    PLAIN.unary(op, x, 0, 1, out, 0, 1, x.length);
    return out;
  }

  /** By the vector loop at once, which for long functions takes over only after a while. */
  private static float[] vectors(UnaryOp op, float[] x) {
    float[] out = new float[x.length];
    if (VectorFunctions.of(op) == null) {
      run(OperationLoop.program(op, DType.FLOAT32), VECTOR.floatLanes(), x, out);
    } else {
      VECTOR.unary(op, x, 0, 1, out, 0, 1, x.length);
    }
    return out;
  }

  private static double[] vectors(UnaryOp op, double[] x) {
    double[] out = new double[x.length];
    if (VectorFunctions.of(op) == null) {
      run(OperationLoop.program(op, DType.FLOAT64), VECTOR.doubleLanes(), x, out);
    } else {
      VECTOR.unary(op, x, 0, 1, out, 0, 1, x.length);
    }
    return out;
  }

  private static void run(Program program, int lanes, Object... arrays) {
    LoopClass.vector(program, 0, lanes).run(arrays, new int[arrays.length], new double[0], N);
  }

  private static void same(String what, double[] x, double[] expected, double[] actual) {
    int at = Arrays.mismatch(expected, actual);
    if (at >= 0) {
      assertEquals(expected[at], actual[at], what + " of " + x[at]);
    }
  }

  private static void same(String what, float[] x, float[] expected, float[] actual) {
    int at = Arrays.mismatch(expected, actual);
    if (at >= 0) {
      assertEquals(expected[at], actual[at], what + " of " + x[at]);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void functionsOfOneNumberHaveThePlainLoopsBits(UnaryOp op) {
    double[] doubles = values(1);
    float[] floats = floats(doubles);
    same(op + "", floats, plain(op, floats), vectors(op, floats));
    same(op + "", doubles, plain(op, doubles), vectors(op, doubles));
  }

  /** Many rounds: the JIT compiles the loops meanwhile, and vector loops take over. */
  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void theInterpreterAndTheJitGiveTheSameBits(UnaryOp op) {
    float[] x = floats(values(5));
    float[] cold = plain(op, x);
    float[] warm = new float[N];
    for (int round = 0; round < 100; round++) {
      VECTOR.unary(op, x, 0, 1, warm, 0, 1, N);
      same(op + "", x, cold, warm);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void functionsOfTwoNumbersHaveThePlainLoopsBits(BinaryOp op) {
    double[] a = values(3);
    double[] b = values(4);
    for (int turn = 0; turn < 40; turn++) {
      int aStep = turn & 1;
      int bStep = turn >> 1 & 1;
      int n = N - 50;
      float[] expected = new float[n];
      float[] actual = new float[n];
      PLAIN.binary(op, floats(a), turn, aStep, floats(b), 5, bStep, expected, 0, 1, n);
      VECTOR.binary(op, floats(a), turn, aStep, floats(b), 5, bStep, actual, 0, 1, n);
      assertArrayEquals(expected, actual, op + " " + turn);
      double[] wide = new double[n];
      double[] got = new double[n];
      PLAIN.binary(op, a, turn, aStep, b, 5, bStep, wide, 0, 1, n);
      VECTOR.binary(op, a, turn, aStep, b, 5, bStep, got, 0, 1, n);
      assertArrayEquals(wide, got, op + " " + turn);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void stridesAndShortRunsTouchOnlyTheirOwnElements(UnaryOp op) {
    float[] x = floats(values(6));
    for (int n : new int[] {0, 1, 3, 15, 16, 17, 33, 600}) {
      float[] expected = new float[2 * N];
      float[] actual = new float[2 * N];
      PLAIN.unary(op, x, 3, 2, expected, 5, 3, n);
      VECTOR.unary(op, x, 3, 2, actual, 5, 3, n);
      PLAIN.unary(op, x, 3, 1, expected, N, 1, n);
      VECTOR.unary(op, x, 3, 1, actual, N, 1, n);
      assertArrayEquals(expected, actual, op + " " + n);
    }
  }

  /** The narrowest that there is: 128 bits. */
  @Test
  void narrowVectorsHaveThePlainLoopsBits() throws Exception {
    assertEquals(digest(false), digestWith(16));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void everyWidthOfVectorsHasThePlainLoopsBits(int bytes) throws Exception {
    assertEquals(digest(false), digestWith(bytes));
  }

  /** For each function, a hash of its results, NaN being one value. */
  private static List<String> digest(boolean byVectors) {
    double[] a = values(1);
    double[] b = values(2);
    float[] x = floats(a);
    float[] y = floats(b);
    var lines = new ArrayList<String>();
    for (UnaryOp op : UnaryOp.values()) {
      lines.add(
          byVectors
              ? line(op.name(), vectors(op, x), vectors(op, a))
              : line(op.name(), plain(op, x), plain(op, a)));
    }
    for (BinaryOp op : BinaryOp.values()) {
      float[] single = new float[N];
      double[] twice = new double[N];
      if (byVectors && VectorFunctions.of(op) == null) {
        run(OperationLoop.program(op, DType.FLOAT32), VECTOR.floatLanes(), x, y, single);
        run(OperationLoop.program(op, DType.FLOAT64), VECTOR.doubleLanes(), a, b, twice);
      } else {
        CpuKernels kernels = byVectors ? VECTOR : PLAIN;
        kernels.binary(op, x, 0, 1, y, 0, 1, single, 0, 1, N);
        kernels.binary(op, a, 0, 1, b, 0, 1, twice, 0, 1, N);
      }
      lines.add(line(op.name(), single, twice));
    }
    return lines;
  }

  private static String line(String name, float[] single, double[] twice) {
    return name + " " + Arrays.hashCode(single) + " " + Arrays.hashCode(twice);
  }

  private static List<String> digestWith(int bytes) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:MaxVectorSize=" + bytes,
                "-cp",
                System.getProperty("java.class.path"),
                Digest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    List<String> lines = printed.lines().toList();
    int here = FloatVector.SPECIES_PREFERRED.vectorByteSize();
    assertEquals(Math.min(bytes, here), Integer.parseInt(lines.getFirst()));
    return lines.subList(1, lines.size());
  }

  /** Tells how many bytes a vector has, and what its vector loops compute. */
  static final class Digest {
    public static void main(String[] args) {
      System.out.println(FloatVector.SPECIES_PREFERRED.vectorByteSize());
      digest(true).forEach(System.out::println);
    }
  }
}
