package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what {@code src/test/python/golden.py} wrote, and compares with it. */
final class Golden {
  private Golden() {}

  /** A case: its name, and its tensors by what they are. */
  record Case(String name, Map<String, List<Tensor>> tensors) {
    List<Tensor> all(String kind) {
      return tensors.getOrDefault(kind, List.of());
    }

    Tensor one(String kind) {
      return all(kind).getFirst();
    }

    @Override
    public String toString() {
      return name + (all("in").isEmpty() ? "" : " " + one("in").dtype());
    }
  }

  static List<Case> cases(String file) {
    List<Case> cases = new ArrayList<>();
    for (String line : lines(file)) {
      if (line.startsWith("case ")) {
        cases.add(new Case(line.substring("case ".length()), new LinkedHashMap<>()));
      } else if (!line.startsWith("#")) {
        String kind = line.substring(0, line.indexOf(' '));
        cases.getLast().tensors.computeIfAbsent(kind, k -> new ArrayList<>()).add(tensor(line));
      }
    }
    return cases;
  }

  static List<String> lines(String file) {
    try (var in = Golden.class.getResourceAsStream(file);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** {@code kind type sizes elements}. */
  static Tensor tensor(String line) {
    String[] words = line.split(" ");
    DType dtype = DType.valueOf(words[1].toUpperCase(Locale.ROOT));
    String[] sizes = words[2].equals("-") ? new String[0] : words[2].split(",");
    int[] shape = new int[sizes.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Integer.parseInt(sizes[i]);
    }
    int n = words.length - 3;
    double[] reals = new double[n];
    long[] integers = new long[n];
    for (int i = 0; i < n; i++) {
      if (dtype.isFloating()) {
        reals[i] = real(words[3 + i]);
      } else {
        integers[i] = Long.parseLong(words[3 + i]);
      }
    }
    return dtype.isFloating()
        ? Tensor.fromArray(reals, shape).to(dtype)
        : Tensor.fromArray(integers, shape).to(dtype);
  }

  private static double real(String word) {
    return switch (word) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }

  /**
   * Fails unless type and shape are equal and each element is within {@code tolerance} of the
   * expected, relative to it and a tenth of the tensor's largest: an element near 0 is what large
   * ones left of each other.
   */
  static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.describe(), actual.describe(), what);
    double[] e = expected.toDoubleArray();
    double[] a = actual.toDoubleArray();
    double largest = 0;
    for (double value : e) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    for (int i = 0; i < e.length; i++) {
      boolean same = Double.isNaN(e[i]) ? Double.isNaN(a[i]) : e[i] == a[i];
      double allowed = tolerance * (Math.abs(e[i]) + 0.1 * largest);
      if (!same && !(Double.isFinite(e[i]) && Math.abs(e[i] - a[i]) <= allowed)) {
        fail(what + ": element " + i + " is " + a[i] + ", PyTorch has " + e[i]);
      }
    }
  }

  /**
   * Both sides round each step of float32 (about 6e-8); PyTorch's own results differ by a few such
   * roundings between its CPU kernels.
   */
  static double tolerance(DType dtype) {
    return dtype == DType.FLOAT64 ? 1e-12 : 1e-5;
  }
}
