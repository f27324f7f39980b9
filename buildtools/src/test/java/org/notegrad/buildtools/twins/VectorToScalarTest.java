package org.notegrad.buildtools.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorToScalarTest {
  /** The translation of a statement in a file about float32. */
  private static String scalar(String statement) {
    String head = "FloatVector x;\n";
    String twin = new VectorToScalar().translate("C.java", head + statement);
    assertTrue(twin.startsWith("float x;\n"), twin);
    return twin.substring("float x;\n".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "a.mul(b).add(c);                  -> (a * b) + c;",
        "a.sub(b.div(2f));                 -> a - (b / 2f);",
        "a.neg().mul(b);                   -> (-a) * b;",
        "a.fma(b, a.broadcast(-C));        -> Math.fma(a, b, -C);",
        "a.broadcast(1f).div(f(a));        -> 1f / f(a);",
        "a.abs().max(b);                   -> Math.max(Math.abs(a), b);",
        "a.sqrt();                         -> (float) Math.sqrt(a);",
        "a.blend(b, a.compare(LT, 0f));    -> (a < 0f) ? b : a;",
        "a.compare(GE, b).not().and(m);    -> (!(a >= b)) & m;",
        "a.reinterpretAsInts().and(M);     -> Float.floatToRawIntBits(a) & M;",
        "i.lanewise(LSHR, 23).or(B);       -> (i >>> 23) | B;",
        "i.reinterpretAsFloats();          -> Float.intBitsToFloat(i);",
        "i.and(1).compare(NE, 0).cast(s);  -> (i & 1) != 0;",
        "if (huge.anyTrue()) {}            -> if (huge) {}",
        "FloatVector.fromArray(x.species(), H.sin(x.toArray()), 0); -> H.sin(x);",
        "VectorMask<Float> m = n;          -> boolean m = n;",
        "static IntVector f(FloatVector y, FloatVector z) {} -> static int f(float y, float z) {}",
        "return FloatMath.exp(FloatSeries.log(y)); -> return FloatScalarMath.exp("
            + "FloatScalarSeries.log(y));",
        "double y = Float.MAX_VALUE * 2;   -> double y = Float.MAX_VALUE * 2;",
        "/** a.mul(b) */ // a.mul(b)       -> /** a.mul(b) */ // a.mul(b)",
      })
  void aMethodOfAVectorIsAnOperatorOnItsElements(String vector, String scalar) {
    assertEquals(scalar, scalar(vector));
  }

  @Test
  void chainsMayGoOverSeveralLines() {
    assertEquals("y = (a + b) * c;", scalar("y = a\n    .add(b)\n    .mul(\n        c);"));
  }

  @Test
  void importsOfVectorsGo() {
    String twin =
        new VectorToScalar()
            .translate(
                "C.java",
                """
                package p.q;

                import static jdk.incubator.vector.VectorOperators.LT;
                import java.util.List;
                import jdk.incubator.vector.DoubleVector;
                class C {
                  static DoubleVector f(DoubleVector x) {
                    return x.sqrt();
                  }
                }
                """);
    assertEquals(
        """
        package p.q;

        import java.util.List;
        class C {
          static double f(double x) {
            return Math.sqrt(x);
          }
        }
        """,
        twin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y = a.reduceLanes(ADD);",
        "y = a.lanewise(EXP);",
        "y = a.compare(UNORDERED, b);",
        "y = a.add(b, mask);",
        "y = a.lane;",
        "y = FloatVector.zero(s);"
      })
  void whatHasNoScalarTwinIsRefused(String statement) {
    var error = assertThrows(IllegalArgumentException.class, () -> scalar(statement));
    assertTrue(error.getMessage().startsWith("C.java: '"), error.getMessage());
    assertTrue(error.getMessage().endsWith("' has no scalar twin"), error.getMessage());
  }
}
