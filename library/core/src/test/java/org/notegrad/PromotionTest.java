package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Functional.mseLoss;
import static org.notegrad.Functional.stack;
import static org.notegrad.Functional.where;
import static org.notegrad.Tensor.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.ops.Elementwise;

/** The type of every function's result is PyTorch's, but for the differences listed here. */
class PromotionTest {
  private static final String REFUSED = "refused";

  private static final Map<String, UnaryOperator<Tensor>> OF_ONE =
      Map.ofEntries(
          Map.entry("logicalNot", Tensor::logicalNot),
          Map.entry("isNaN", Tensor::isNaN),
          Map.entry("isFinite", Tensor::isFinite),
          Map.entry("sum", Tensor::sum),
          Map.entry("prod", Tensor::prod),
          Map.entry("mean", Tensor::mean),
          Map.entry("var", Tensor::var),
          Map.entry("std", Tensor::std),
          Map.entry("norm", Tensor::norm),
          Map.entry("max", Tensor::max),
          Map.entry("min", Tensor::min),
          Map.entry("argmax", x -> x.argmax(0)),
          Map.entry("argmin", x -> x.argmin(0)),
          Map.entry("softmax", x -> x.softmax(0)),
          Map.entry("logSoftmax", x -> x.logSoftmax(0)),
          Map.entry("logSumExp", x -> logSumExp(x, 0)),
          Map.entry("clamp-whole", x -> x.clamp(0, 1)),
          Map.entry("clamp-real", x -> x.clamp(0.5, 1.5)));

  private static final Map<String, BinaryOperator<Tensor>> OF_TWO =
      Map.ofEntries(
          Map.entry("logicalAnd", Tensor::logicalAnd),
          Map.entry("logicalOr", Tensor::logicalOr),
          Map.entry("matmul", Tensor::matmul),
          Map.entry("where", (x, y) -> where(tensor(true, false), x, y)),
          Map.entry("cat", (x, y) -> cat(0, x, y)),
          Map.entry("stack", (x, y) -> stack(0, x, y)),
          Map.entry("mseLoss", (x, y) -> mseLoss(x, y)),
          Map.entry("addInPlace", (x, y) -> x.clone().addInPlace(y)),
          Map.entry("subInPlace", (x, y) -> x.clone().subInPlace(y)),
          Map.entry("mulInPlace", (x, y) -> x.clone().mulInPlace(y)),
          Map.entry("divInPlace", (x, y) -> x.clone().divInPlace(y)),
          Map.entry("copyInPlace", (x, y) -> x.clone().copyInPlace(y)));

  static List<String> lines() throws IOException {
    try (var in = PromotionTest.class.getResourceAsStream("promotion.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("scalar"))
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void typeIsPyTorchs(String line) {
    String[] words = line.split(" ");
    String expected = words[words.length - 1];
    String got =
        switch (words[0]) {
          case "tensor" -> DType.promote(type(words[1]), type(words[2])).toString();
          case "number" -> result(() -> number(words[1], of(words[2]), words[3].equals("whole")));
          case "one" -> result(() -> one(words[1], of(words[2])));
          case "two" -> result(() -> two(words[1], of(words[2]), of(words[3])));
          default -> fail(line);
        };
    if (expected.equals(REFUSED) && !got.equals(REFUSED)) {
      String better = better(words);
      assertEquals(better, got, "where PyTorch refuses");
    } else {
      assertEquals(expected, got);
    }
  }

  /** What we compute where PyTorch has no kernel, or wants its users to convert first. */
  private static String better(String[] words) {
    DType first = type(words[2]);
    DType both = words[0].equals("two") ? DType.promote(first, type(words[3])) : first;
    boolean real = both.isFloating();
    return switch (words[1]) {
      case "softplus", "mean", "var", "std", "norm", "softmax", "logSoftmax", "mseLoss" ->
          real ? both.toString() : "float32";
      case "argmax", "argmin" -> "int64";
      case "matmul" -> both == DType.BOOL ? "int64" : both.toString();
      case "sub", "subInPlace" -> // one of them is no truth value
          words[0].equals("number")
              ? (words[3].equals("whole") ? "int64" : "float32")
              : inPlaceOrOut(words, first, both);
      default -> REFUSED;
    };
  }

  private static String inPlaceOrOut(String[] words, DType first, DType both) {
    return (words[1].endsWith("InPlace") ? first : both).toString();
  }

  private static DType type(String name) {
    return DType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Tensor of(String type) {
    return tensor(1L, 0).to(type(type));
  }

  private static String result(Supplier<Tensor> function) {
    try {
      return function.get().dtype().toString();
    } catch (NotegradException e) {
      return REFUSED;
    }
  }

  private static Tensor number(String name, Tensor x, boolean whole) {
    String op = name.toUpperCase(Locale.ROOT);
    for (BinaryOp binary : BinaryOp.values()) {
      if (binary.name().equals(op)) {
        return whole ? Elementwise.binary(binary, x, 2) : Elementwise.binary(binary, x, 0.5);
      }
    }
    CompareOp compare = CompareOp.valueOf(op);
    return whole ? Elementwise.compare(compare, x, 2) : Elementwise.compare(compare, x, 0.5);
  }

  private static Tensor one(String name, Tensor x) {
    UnaryOperator<Tensor> function = OF_ONE.get(name);
    return function != null
        ? function.apply(x)
        : Elementwise.unary(UnaryOp.valueOf(name.toUpperCase(Locale.ROOT)), x);
  }

  private static Tensor two(String name, Tensor x, Tensor y) {
    BinaryOperator<Tensor> function = OF_TWO.get(name);
    if (function != null) {
      return function.apply(x, y);
    }
    String op = name.toUpperCase(Locale.ROOT);
    for (BinaryOp binary : BinaryOp.values()) {
      if (binary.name().equals(op)) {
        return Elementwise.binary(binary, x, y);
      }
    }
    return Elementwise.compare(CompareOp.valueOf(op), x, y);
  }
}
