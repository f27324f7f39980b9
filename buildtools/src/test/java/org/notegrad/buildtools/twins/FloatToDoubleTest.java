package org.notegrad.buildtools.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatToDoubleTest {
  private static final String HEAD = "@SuppressWarnings(\"cast\")\nclass C {\n";

  /** The translation of what stands in a class. */
  private static String body(String body) {
    String twin = new FloatToDouble().translate("C.java", "class C {\n" + body + "\n}");
    assertTrue(twin.startsWith(HEAD), twin);
    return twin.substring(HEAD.length(), twin.length() - 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "float[] x = new float[3];                | double[] x = new double[3];",
        "VectorSpecies<Float> s = FloatVector.SPECIES_PREFERRED; | VectorSpecies<Double> s ="
            + " DoubleVector.SPECIES_PREFERRED;",
        "FloatGemm.run(floatLoop, x.floats());    | DoubleGemm.run(doubleLoop, x.doubles());",
        "int n = 64 / Float.BYTES;                | int n = 64 / Double.BYTES;",
        "return DType.FLOAT32;                    | return DType.FLOAT64;",
        "int bits = Float.floatToRawIntBits(x);   | int bits = Double.doubleToRawLongBits(x);",
        "double sum = (double) a * b;             | double sum = (double) a * b;",
        "return (float) sum;                      | return (double) sum;",
        "/** Of float32, summed in float64. */    | /** Of float64, summed in float64. */",
        "// a float                               | // a double",
        "throw new Error(\"no float32\");         | throw new Error(\"no float64\");",
      })
  void theTypeIsReplacedWhereverItIsNamed(String single, String twice) {
    assertEquals(twice, body(single));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5f, 0.5",
    "1f, 1.0",
    "1F, 1.0",
    "1e-3f, 1e-3",
    "0x1p-126f, 0x1p-126",
    ".5f, .5",
    "1_000f, 1_000.0",
    "0x7f, 0x7f",
    "0x1F, 0x1F",
    "12, 12",
    "1L, 1L",
    "2d, 2d",
    "0.5, 0.5",
    "x1f, x1f"
  })
  void aNumberLosesTheSuffixOfItsType(String single, String twice) {
    assertEquals("x = " + twice + ";", body("x = " + single + ";"));
  }

  @Test
  void aConstantMayBeAnotherInFloat64() {
    assertEquals(
        "  static final int K_BLOCK = 256;\n  static final double TINY = 0x1p-1022;",
        body(
            "  static final int K_BLOCK = 512; // float64: 256\n"
                + "  static final float TINY = 0x1p-126f; // float64: 0x1p-1022"));
  }

  @Test
  void aConstantOfBitsIsALong() {
    assertEquals(
        "  static final long ONE = 0x3ff0000000000000L;",
        body("  static final int ONE = 0x3f800000; // float64: long 0x3ff0000000000000L"));
    assertEquals(
        "LongVector n = x.reinterpretAsLongs();", body("IntVector n = x.reinterpretAsInts();"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"run(512); // float64: 256", "// float64: 256", "int x = 1; // float64:"})
  void aMarkerThatChangesNothingIsAnError(String line) {
    var error = assertThrows(IllegalArgumentException.class, () -> body(line));
    assertEquals(
        "C.java: '// float64: value' stands behind 'NAME = value;' only", error.getMessage());
  }

  @Test
  void warningsOfNeedlessCastsAreSwitchedOffBeforeTheTypeAndBehindItsJavadoc() {
    assertEquals(
        """
        package p;

        /**
         * class of double
         */
        @SuppressWarnings("cast")
        final class D {}
        """,
        new FloatToDouble()
            .translate(
                "C.java",
                """
                package p;

                /**
                 * class of float
                 */
                final class D {}
                """));
  }

  @Test
  void aFileWithoutATypeIsRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FloatToDouble().translate("C.java", "package p;"));
    assertEquals("C.java: no type is declared at the start of a line", error.getMessage());
  }
}
