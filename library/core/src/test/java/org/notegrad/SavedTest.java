package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.tensor;

import java.lang.ref.WeakReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Storage;

/** Operations save what their gradients read, and nothing else. */
class SavedTest {
  private static Arguments of(String name, UnaryOperator<Tensor> function) {
    return Arguments.of(name, function);
  }

  private static final Tensor PARTNER = tensor(5.0, 6);

  /** Functions whose gradient does not read the input. */
  static Stream<Arguments> forgetful() {
    return Stream.of(
        of("add a number", x -> x.add(2.0)),
        of("sub a number", x -> x.sub(2)),
        of("mul by a number", x -> x.mul(3.0)),
        of("mul by an integer", x -> x.mul(3)),
        of("div by a number", x -> x.div(4.0)),
        of("mul by a tensor without gradient", x -> x.mul(PARTNER)),
        of("mul a tensor without gradient", x -> PARTNER.mul(x)),
        of("div by a tensor without gradient", x -> x.div(PARTNER)),
        of("matmul with a matrix without gradient", x -> x.matmul(ones(2, 2))),
        of("linear with a weight without gradient", x -> linear(x, ones(3, 2), null)),
        of("sum", Tensor::sum),
        of("mean", Tensor::mean),
        of("mean over a dimension", x -> x.mean(0)),
        of("floor", Tensor::floor),
        of("slice", x -> x.slice(0, 1, 2)),
        of("unbind", x -> x.unbind()[1]),
        of("crossEntropy", x -> crossEntropy(x.reshape(1, 2), tensor(1L))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgetful")
  void writingAnInputThatNoGradientReadsDoesNoHarm(String name, UnaryOperator<Tensor> function) {
    Tensor x = leaf(2, 3);
    double[] expected = Autograd.grad(function.apply(x.add(1.0)).sum(), x)[0].toDoubleArray();
    Tensor h = x.add(1.0);
    Tensor y = function.apply(h).sum();
    noGrad(() -> h.fillInPlace(0));
    y.backward();
    assertArrayEquals(expected, x.grad().toDoubleArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgetful")
  void inputThatNoGradientReadsIsNotKept(String name, UnaryOperator<Tensor> function) {
    if (name.equals("slice") || name.equals("unbind")) {
      return; // the result is a view: it shares the elements
    }
    Tensor x = ones(2).requiresGrad(true);
    Recorded recorded = recorded(x, function);
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    assertTrue(recorded.input.get() == null);
    recorded.output.backward();
  }

  private record Recorded(Tensor output, WeakReference<Storage> input) {}

  private static Recorded recorded(Tensor x, UnaryOperator<Tensor> function) {
    Tensor h = x.add(1.0);
    return new Recorded(function.apply(h).sum(), new WeakReference<>(Operand.of(h).storage()));
  }

  @Test
  void graphThatSavedNothingIsWalkedTwice() {
    Tensor x = leaf(2, 3);
    Tensor y = x.mul(3.0).div(2.0).sub(1).mean();
    y.backward();
    y.backward();
    assertArrayEquals(new double[] {1.5, 1.5}, x.grad().toDoubleArray());
  }

  @Test
  void partnerThatAGradientReadsIsWatched() {
    Tensor x = leaf(2, 3);
    Tensor w = tensor(5.0, 6);
    Tensor y = x.mul(w).sum();
    w.fillInPlace(0);
    assertThrows(NotegradException.class, y::backward);
    Tensor z = x.div(PARTNER.clone().requiresGrad(true));
    noGrad(() -> x.fillInPlace(1)); // the divisor's gradient reads it
    assertThrows(NotegradException.class, () -> z.sum().backward());
  }

  @Test
  void workspaceOfACrossEntropyIsWrittenByTheLastWalkOnly() {
    Tensor x = fromArray(new double[] {0.5, -1, 2, 1, 0, -2}, 2, 3).requiresGrad(true);
    Tensor loss = crossEntropy(x, tensor(2L, 0));
    double[] first = Autograd.grad(Graph.RETAIN, loss, x)[0].toDoubleArray();
    double[] created = Autograd.grad(Graph.CREATE, loss, x)[0].toDoubleArray();
    assertArrayEquals(first, created, 1e-15);
    assertArrayEquals(first, Autograd.grad(loss, x)[0].toDoubleArray());
    assertThrows(NotegradException.class, () -> Autograd.grad(loss, x));
  }

  @Test
  void writingAPlainBufferWhileRecordingNamesWhatToUse() {
    Tensor rows = Tensor.zeros(2, 2);
    Tensor x = leaf(1, 2);
    var error =
        assertThrows(NotegradException.class, () -> rows.select(0, 0).copyInPlace(x.square()));
    assertEquals(
        "copyInPlace: no gradient would come back from what is written; put the parts together by"
            + " stack or cat, or write inside noGrad",
        error.getMessage());
    noGrad(() -> rows.select(0, 0).copyInPlace(x));
    assertEquals(2, rows.get(0, 1).item());
  }
}
