package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/** The vector functions beside the plain ones, over all magnitudes and special values. */
class VectorFunctionsTest {
  private static final int N = 20_011;
  private static final double ULPS = 3;

  private final CpuKernels plain = new PlainKernels();
  private final CpuKernels vector = new VectorKernels();

  private static double[] values(long seed) {
    var random = new Random(seed);
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
      88.72,
      88.73,
      -87.34,
      -103.9,
      -104.1,
      709.7,
      709.8,
      -745.1,
      -745.2,
      0x1p23,
      0x1p23 + 1,
      0x1p52,
      1e-8,
      -1e-8
    };
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      double size =
          switch (i % 3) {
            case 0 -> random.nextDouble();
            case 1 -> 100 * random.nextDouble();
            default -> Math.exp(160 * random.nextDouble() - 80);
          };
      values[i] =
          i % 97 == 0
              ? special[random.nextInt(special.length)]
              : random.nextBoolean() ? size : -size;
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

  private static void same(double expected, double actual, double ulp, String what) {
    if (Double.isFinite(expected) && expected != 0) {
      assertEquals(expected, actual, ULPS * ulp, what);
    } else {
      assertEquals(expected, actual, what); // also the sign of a zero
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unaryFunctionsOfFloat32AreWithin3Ulps(UnaryOp op) {
    float[] x = floats(values(1));
    float[] expected = new float[N];
    float[] actual = new float[N];
    plain.unary(op, x, 0, 1, expected, 0, 1, N);
    vector.unary(op, x, 0, 1, actual, 0, 1, N);
    for (int i = 0; i < N; i++) {
      same(expected[i], actual[i], Math.ulp(expected[i]), op + " of " + x[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unaryFunctionsOfFloat64AreWithin3Ulps(UnaryOp op) {
    double[] x = values(2);
    double[] expected = new double[N];
    double[] actual = new double[N];
    plain.unary(op, x, 0, 1, expected, 0, 1, N);
    vector.unary(op, x, 0, 1, actual, 0, 1, N);
    for (int i = 0; i < N; i++) {
      same(expected[i], actual[i], Math.ulp(expected[i]), op + " of " + x[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void binaryFunctionsAreThePlainOnes(BinaryOp op) {
    float[] a = floats(values(3));
    float[] b = floats(values(4));
    float[] expected = new float[N];
    float[] actual = new float[N];
    for (int aStep = 0; aStep <= 1; aStep++) {
      for (int bStep = 0; bStep <= 1; bStep++) {
        plain.binary(op, a, 7, aStep, b, 5, bStep, expected, 0, 1, N - 7);
        vector.binary(op, a, 7, aStep, b, 5, bStep, actual, 0, 1, N - 7);
        for (int i = 0; i < N - 7; i++) {
          assertEquals(expected[i], actual[i], op + " at " + i);
        }
      }
    }
  }

  /** The interpreter and the compiled code must agree: a seeded run is the same every time. */
  @ParameterizedTest
  @EnumSource(
      value = UnaryOp.class,
      names = {"EXP", "EXPM1", "LOG", "LOG1P", "TANH", "SIGMOID"})
  void aFunctionGivesTheSameBitsColdAndCompiled(UnaryOp op) {
    float[] x = floats(values(5));
    float[] cold = new float[N];
    float[] warm = new float[N];
    var kernels = new VectorKernels();
    kernels.unary(op, x, 0, 1, cold, 0, 1, N);
    for (int round = 0; round < 200; round++) {
      kernels.unary(op, x, 0, 1, warm, 0, 1, N);
    }
    for (int i = 0; i < N; i++) {
      assertEquals(cold[i], warm[i], op + " of " + x[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void stridesAndShortRunsTouchOnlyTheirOwnElements(UnaryOp op) {
    float[] x = floats(values(6));
    for (int n : new int[] {0, 1, 3, 15, 16, 17, 33, 600}) {
      float[] expected = new float[2 * N];
      float[] actual = new float[2 * N];
      plain.unary(op, x, 3, 2, expected, 5, 3, n);
      vector.unary(op, x, 3, 2, actual, 5, 3, n);
      plain.unary(op, x, 3, 1, expected, N, 1, n);
      vector.unary(op, x, 3, 1, actual, N, 1, n);
      for (int i = 0; i < expected.length; i++) {
        same(expected[i], actual[i], Math.ulp(expected[i]), op + " at " + i);
      }
    }
    assertTrue(vector.describe().startsWith("Vector API"));
  }
}
