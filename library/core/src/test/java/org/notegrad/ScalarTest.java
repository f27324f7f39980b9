package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.of;
import static org.notegrad.Functional.logSumExp;
import static org.notegrad.Tensor.scalar;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scalar counts as one dimension of size 1 wherever a dimension is named, as in PyTorch. */
class ScalarTest {
  private static final Tensor INDEX = Tensor.scalar(DType.INT64, 0);

  static Stream<Arguments> functions() {
    return Stream.<Arguments>of(
        function("sum", (x, dim) -> x.sum(dim), 3),
        function("sum keeping", (x, dim) -> x.sum(dim, Keep.KEEP), 3),
        function("mean", (x, dim) -> x.mean(dim), 3),
        function("prod", (x, dim) -> x.prod(dim), 3),
        function("max", (x, dim) -> x.max(dim), 3),
        function("min", (x, dim) -> x.min(dim), 3),
        function("var", (x, dim) -> x.var(dim), Double.NaN),
        function("std", (x, dim) -> x.std(dim), Double.NaN),
        function("norm", (x, dim) -> x.norm(dim), 3),
        function("argmax", (x, dim) -> x.argmax(dim), 0),
        function("argmin", (x, dim) -> x.argmin(dim), 0),
        function("any", (x, dim) -> x.any(dim), 1),
        function("all", (x, dim) -> x.all(dim, Keep.KEEP), 1),
        function("softmax", (x, dim) -> x.softmax(dim), 1),
        function("logSoftmax", (x, dim) -> x.logSoftmax(dim), 0),
        function("logSumExp", (x, dim) -> logSumExp(x, dim), 3),
        function("transpose", (x, dim) -> x.transpose(dim, 0), 3),
        function("squeeze", (x, dim) -> x.squeeze(dim), 3),
        function("gather", (x, dim) -> x.gather(dim, INDEX), 3),
        function("scatterAdd", (x, dim) -> x.scatterAdd(dim, INDEX, scalar(2)), 5));
  }

  private static Arguments function(
      String name, BiFunction<Tensor, Integer, Tensor> function, double expected) {
    return of(name, function, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void scalarTakesDimension0AndLast(
      String name, BiFunction<Tensor, Integer, Tensor> function, double expected) {
    for (int dim : new int[] {0, -1}) {
      Tensor x = scalar(3).requiresGrad(true);
      Tensor y = function.apply(x, dim);
      assertEquals(Shape.SCALAR, y.shape());
      assertEquals(expected, y.item());
      if (y.requiresGrad()) {
        y.backward();
        assertEquals(Shape.SCALAR, x.grad().shape());
      }
    }
  }
}
