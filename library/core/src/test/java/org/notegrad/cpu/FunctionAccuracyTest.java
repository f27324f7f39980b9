package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.UnaryOp;

/**
 * Float32 functions beside Java's in float64, float64 functions beside exact results (MPFR's, made
 * by functions.py): all within 1 unit in the last place.
 */
class FunctionAccuracyTest {
  /** One in so many of the 2^32 numbers; 1 takes minutes. */
  private static final long STRIDE = Long.getLong("notegrad.test.stride", 10_007);

  /** Java's own functions, and what double rounding adds. */
  private static final double ONE_ULP = 1 + 1e-6;

  private static DoubleUnaryOperator oracle(UnaryOp op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> x -> x * x;
      case SQRT -> Math::sqrt;
      case RECIPROCAL -> x -> 1 / x;
      case EXP -> Math::exp;
      case EXPM1 -> Math::expm1;
      case LOG -> Math::log;
      case LOG1P -> Math::log1p;
      case SIN -> Math::sin;
      case COS -> Math::cos;
      case TANH -> Math::tanh;
      case SIGMOID -> x -> x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case RELU -> x -> Math.max(x, 0);
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case ROUND -> Math::rint;
    };
  }

  /** How far an element is from the right result, in units of that one's last place. */
  private static double ulps(double right, float actual) {
    if (Float.compare((float) right, actual) == 0) {
      return 0;
    }
    if (Double.isInfinite(right) || Double.isNaN(right) || Float.isNaN(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    boolean signsDiffer = right != 0 && Math.copySign(1, right) != Math.copySign(1, actual);
    double got = Float.isInfinite(actual) ? Math.copySign(0x1p128, actual) : actual;
    int exponent = Math.max(Math.getExponent(right), Float.MIN_EXPONENT);
    double error = Math.abs(got - right) / Math.scalb(1.0, exponent - 23);
    return signsDiffer || right == 0 ? Double.POSITIVE_INFINITY : error;
  }

  /** RSQRT rounds twice. */
  @ParameterizedTest
  @EnumSource(value = UnaryOp.class, names = "RSQRT", mode = Mode.EXCLUDE)
  void float32FunctionsAreWithinOneUlp(UnaryOp op) {
    DoubleUnaryOperator oracle = oracle(op);
    FloatFunctions.Unary function = FloatFunctions.of(op);
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      float y = function.of(x);
      double right = oracle.applyAsDouble(x);
      assertTrue(
          ulps(right, y) <= ONE_ULP, () -> "%s of %a is %a, not %a".formatted(op, x, y, right));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void float32PowersAreWithinOneUlp(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      float a = (float) Math.exp(random.nextDouble(-80, 80));
      float b = (float) (random.nextDouble(-106, 92) / Math.log(a));
      float y = FloatFunctions.of(BinaryOp.POW).of(a, b);
      assertTrue(ulps(Math.pow(a, b), y) <= ONE_ULP, a + "^" + b + " is " + y);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exp",
        "expm1",
        "log",
        "log1p",
        "sin",
        "cos",
        "tanh",
        "sigmoid",
        "softplus",
        "pow"
      })
  void float64FunctionsAreWithinOneUlp(String name) throws IOException {
    List<double[]> lines = exact(name);
    assertTrue(lines.size() > 100);
    for (double[] line : lines) {
      double actual =
          name.equals("pow")
              ? DoubleFunctions.of(BinaryOp.POW).of(line[0], line[1])
              : DoubleFunctions.of(UnaryOp.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                  .of(line[0]);
      double high = line[line.length - 2];
      double ulp = Math.scalb(1.0, Math.max(Math.getExponent(high), Double.MIN_EXPONENT) - 52);
      double error = Math.abs((actual - high) - line[line.length - 1]) / ulp;
      boolean isRight = actual == high || error <= 1;
      assertTrue(isRight, () -> name + Arrays.toString(line) + ": " + actual + ", " + error);
      assertEquals(Math.copySign(1, high), Math.copySign(1, actual), name + line[0]);
    }
  }

  private static List<double[]> exact(String name) throws IOException {
    try (var in = FunctionAccuracyTest.class.getResourceAsStream("functions.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> Arrays.stream(line.split(" ")).skip(1).mapToDouble(number()).toArray())
          .toList();
    }
  }

  private static java.util.function.ToDoubleFunction<String> number() {
    return text -> text.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /** As C's pow has them, annex F.10.4.4. */
  @ParameterizedTest
  @CsvSource({
    "0, 3, 0",
    "-0.0, 3, -0.0",
    "-0.0, 2, 0",
    "-0.0, 0.5, 0",
    "0, -1, Infinity",
    "-0.0, -1, -Infinity",
    "-0.0, -2, Infinity",
    "-0.0, -0.5, Infinity",
    "-1, Infinity, 1",
    "-1, -Infinity, 1",
    "1, NaN, 1",
    "1, Infinity, 1",
    "NaN, 0, 1",
    "NaN, -0.0, 1",
    "0, 0, 1",
    "-2, 0.5, NaN",
    "-2, 3, -8",
    "-2, -3, -0.125",
    "-2, 4, 16",
    "0.5, Infinity, 0",
    "-0.5, Infinity, 0",
    "2, Infinity, Infinity",
    "-2, Infinity, Infinity",
    "0.5, -Infinity, Infinity",
    "2, -Infinity, 0",
    "-Infinity, 0.5, Infinity",
    "-Infinity, 3, -Infinity",
    "-Infinity, -3, -0.0",
    "-Infinity, -2, 0",
    "-Infinity, -0.5, 0",
    "Infinity, -1, 0",
    "Infinity, 2, Infinity",
    "0, Infinity, 0",
    "0, -Infinity, Infinity",
    "NaN, 1, NaN",
    "2, NaN, NaN",
    "0, NaN, NaN",
    "Infinity, NaN, NaN",
    "-2, 1e30, Infinity",
    "3, 2, 9",
    "10, 5, 100000",
    "2, 100, 1.2676506002282294e30"
  })
  void powersOfSpecialValuesAreThoseOfC(double a, double b, double expected) {
    assertEquals(expected, DoubleFunctions.of(BinaryOp.POW).of(a, b));
    assertEquals(
        (float) expected, FloatFunctions.of(BinaryOp.POW).of((float) a, (float) b), a + "^" + b);
  }
}
