package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tensors print as PyTorch's do, but for names: Java's {@code true}, {@code shape} as our method is
 * called, and types without {@code torch.}. Columns stay aligned also where nan or inf is widest.
 */
class GoldenTextTest {
  static List<Arguments> tensors() {
    List<Arguments> tensors = new ArrayList<>();
    Tensor tensor = null;
    StringBuilder text = new StringBuilder();
    List<String> lines = new ArrayList<>(Golden.lines("printed.txt"));
    lines.add("tensor bool - 1");
    for (String line : lines) {
      if (line.startsWith("|")) {
        text.append(text.isEmpty() ? "" : "\n").append(line.length() > 1 ? line.substring(2) : "");
      } else if (!line.startsWith("#")) {
        if (tensor != null) {
          tensors.add(Arguments.of(tensor.describe(), tensor, text.toString()));
        }
        tensor = Golden.tensor(line);
        text.setLength(0);
      }
    }
    return tensors;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tensors")
  void printsAsPyTorchDoes(String name, Tensor tensor, String printed) {
    String expected =
        printed
            .replace("True", "true")
            .replace("False", "false")
            .replace("size=", "shape=")
            .replace("torch.", "");
    assertEquals(expected, tensor.toString());
  }

  /** A copy of all its elements would take 6 GB. */
  @Test
  void textOfALargeTensorCopiesOnlyWhatIsShown() {
    Tensor huge = Tensor.arange(40_000).to(DType.FLOAT32).expand(40_000, 40_000);
    String row = "[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 3.9997e+04, 3.9998e+04, 3.9999e+04]";
    String lines = String.join(",\n        ", row, row, row, "...", row, row, row);
    assertEquals("tensor([" + lines + "])", huge.toString().replaceAll(",\n         3", ", 3"));
  }
}
