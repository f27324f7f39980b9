package org.notegrad.buildtools.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinsTest {
  private static final String SOURCE =
      """
      // DoubleSum.java is generated from this file (FloatToDouble).
      package p.q;

      /** A sum of float32. */
      final class FloatSum {
        private static final float START = 0f; // float64: -0.0

        static float sum(float[] x) {
          double sum = START;
          for (float value : x) {
            sum += 1f / 2 * value;
          }
          return (float) sum;
        }
      }
      """;

  private static final String TWIN =
      """
      // Generated from FloatSum.java: change that file.
      package p.q;

      /** A sum of float64. */
      @SuppressWarnings("cast")
      final class DoubleSum {
        private static final double START = -0.0;

        static double sum(double[] x) {
          double sum = START;
          for (double value : x) {
            sum += 1.0 / 2 * value;
          }
          return (double) sum;
        }
      }
      """;

  @TempDir Path folder;
  private Path from;
  private Path to;
  private Path source;
  private Path twin;

  @BeforeEach
  void writeSource() throws IOException {
    from = folder.resolve("from");
    to = folder.resolve("to");
    source = from.resolve("p/q/FloatSum.java");
    twin = to.resolve("p/q/DoubleSum.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, SOURCE);
    Files.writeString(from.resolve("p/q/Other.java"), "package p.q;\n\nclass Other {}\n");
  }

  @Test
  void aTwinLiesInThePackageOfItsSource() throws IOException {
    Twins.main(new String[] {from.toString(), to.toString()});
    assertEquals(TWIN, Files.readString(twin));
    try (var files = Files.walk(to).filter(Files::isRegularFile)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void sourceAndTwinCompileWithoutAWarning() throws IOException {
    Twins.update(from, to);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-d",
                folder.resolve("classes").toString(),
                source.toString(),
                twin.toString());
    assertEquals(0, status);
  }

  @Test
  void aTwinThatSaysWhatItShouldIsNotTouched() throws IOException {
    Twins.update(from, to);
    var old = FileTime.fromMillis(1_000_000_000);
    Files.setLastModifiedTime(twin, old);
    Twins.update(from, to);
    assertEquals(old, Files.getLastModifiedTime(twin));

    Files.writeString(source, SOURCE.replace("value", "element"));
    Twins.update(from, to);
    assertNotEquals(old, Files.getLastModifiedTime(twin));
    assertEquals(TWIN.replace("value", "element"), Files.readString(twin));
  }

  @Test
  void aTwinThatWasChangedByHandIsWrittenAgain() throws IOException {
    Twins.update(from, to);
    Files.writeString(twin, "by hand");
    Twins.update(from, to);
    assertEquals(TWIN, Files.readString(twin));
  }

  @Test
  void aTwinThatNobodyNamesIsDeleted() throws IOException {
    Twins.update(from, to);
    Files.writeString(source, SOURCE.substring(SOURCE.indexOf("package")));
    Twins.update(from, to);
    assertFalse(Files.exists(twin));
  }

  @Test
  void aFileMayHaveSeveralTwins() {
    String source =
        """
        // DoubleSum.java is generated from this file (FloatToDouble).
        // DoubleMean.java is generated from this file (FloatToDouble).
        class FloatSum {}

        class FloatMean {}
        """;
    var twins = Twins.of("FloatSums.java", source);
    assertEquals(Set.of("DoubleSum.java", "DoubleMean.java"), twins.keySet());
    for (String twin : twins.values()) {
      assertTrue(twin.startsWith("// Generated from FloatSums.java: change that file.\n"), twin);
      assertFalse(twin.contains("is generated"), twin);
    }
  }

  @Test
  void aTwinThatIsNamedWronglyIsAnError() {
    String source =
        "// DoubleMean.java is generated from this file (FloatToDouble).\nclass FloatSum {}";
    var error = assertThrows(IllegalArgumentException.class, () -> Twins.of("F.java", source));
    assertEquals("F.java: its twin does not declare DoubleMean", error.getMessage());
  }

  @Test
  void twoSourcesWithOneTwinAreAnError() throws IOException {
    Files.writeString(from.resolve("p/q/FloatSum2.java"), SOURCE);
    var error = assertThrows(IllegalArgumentException.class, () -> Twins.update(from, to));
    assertTrue(error.getMessage().startsWith("two files have the twin"), error.getMessage());
    assertTrue(error.getMessage().endsWith("DoubleSum.java"), error.getMessage());
  }

  @Test
  void aTwinOfATwinIsTranslatedTwice() {
    String source =
        """
        // DoubleScalarMath.java is generated from this file (FloatToDouble, VectorToScalar).
        final class FloatMath {
          static FloatVector half(FloatVector x) {
            return x.mul(0.5f);
          }
        }
        """;
    assertEquals(
        """
        // Generated from FloatMath.java: change that file.
        @SuppressWarnings("cast")
        final class DoubleScalarMath {
          static double half(double x) {
            return x * 0.5;
          }
        }
        """,
        Twins.of("FloatMath.java", source).get("DoubleScalarMath.java"));
  }

  @Test
  void anUnknownTranslationIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Twins.of("A.java", "// B.java is generated from this file (C).\nclass A {}"));
    assertEquals(
        "A.java: there is no translation C, only [FloatToDouble, VectorToScalar]",
        error.getMessage());
  }
}
