package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kernels that are written twice, for float32 and for float64, say the same: whoever changes one
 * changes the other. Not among them are the functions, whose polynomials differ, and the
 * reductions: those of float32 add up in float64.
 */
class TwinsTest {
  private static final Path SOURCES = Path.of("src/main/java/org/notegrad/cpu");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Gemm",
        "Tile",
        "Transpose",
        "Steps",
        "Softmax",
        "BinaryTemplate",
        "UnaryTemplate"
      })
  void float64KernelIsTheFloat32KernelInItsOwnType(String kernel) throws IOException {
    String single = Files.readString(SOURCES.resolve("Float" + kernel + ".java"));
    String twice = Files.readString(SOURCES.resolve("Double" + kernel + ".java"));
    String translated =
        single
            .replace("(float) ", "") // what float64 needs no cast for
            .replace("Float", "Double")
            .replace("float32", "FLOAT64") // out of the next line's way
            .replace("float", "double")
            .replace("FLOAT64", "float64");
    assertIterableEquals(statements(translated), statements(twice));
  }

  /** Without white space: the longer names of one twin break lines elsewhere. */
  private static List<String> statements(String source) {
    return List.of(source.replaceAll("\\s+", "").split("(?<=[;{}])"));
  }
}
