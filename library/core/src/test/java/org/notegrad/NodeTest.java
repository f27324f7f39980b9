package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Tensor.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Operations of a person's own, written with what the public class offers. */
class NodeTest {
  /** An operation of one input, by its function and its rule. */
  private static final class Custom extends Node {
    private final UnaryOperator<Tensor> function;
    private final Function<Tensor, Tensor[]> rule;

    Custom(UnaryOperator<Tensor> function, Function<Tensor, Tensor[]> rule) {
      super("custom");
      this.function = function;
      this.rule = rule;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      return function.apply(inputs[0]);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return rule.apply(gradient);
    }
  }

  /** Half the gradient, of the input itself. */
  private static Tensor halved(Tensor x) {
    return Node.apply(new Custom(in -> in, g -> new Tensor[] {g.mul(0.5)}), x);
  }

  // ---- what goes forward ----------------------------------------------------------------------

  @Test
  void operationThatReturnsItsInputLeavesItALeaf() {
    Tensor x = leaf(3);
    Tensor y = halved(x);
    assertNotSame(x, y);
    assertTrue(x.isLeaf());
    Tensor z = halved(x);
    y.add(z).sum().backward();
    assertEquals(1, x.grad().item());
  }

  @Test
  void operationThatReturnsAnIntermediateTensorLeavesItItsHistory() {
    Tensor x = leaf(3);
    Tensor h = x.square();
    Tensor y = halved(h);
    assertEquals(6, Autograd.grad(Graph.RETAIN, h.sum(), x)[0].item());
    assertEquals(3, Autograd.grad(y.sum(), x)[0].item());
  }

  @Test
  void operationThatReturnsAnInputWithoutGradientLeavesItAlone() {
    Tensor x = leaf(3);
    Tensor constant = tensor(5.0);
    Tensor y =
        Node.apply(
            new Node("second") {
              @Override
              protected Tensor forward(Tensor... inputs) {
                return inputs[1];
              }

              @Override
              protected Tensor[] backward(Tensor gradient) {
                return new Tensor[] {gradient.mul(7.0), null};
              }
            },
            x,
            constant);
    assertFalse(constant.requiresGrad());
    assertTrue(constant.isLeaf());
    y.sum().backward();
    assertEquals(7, x.grad().item());
  }

  @Test
  void operationThatReturnsAParameterItKeepsLeavesItALeaf() {
    Tensor x = leaf(3);
    Tensor kept = leaf(4);
    Tensor y = Node.apply(new Custom(in -> kept, g -> new Tensor[] {g}), x);
    assertTrue(kept.isLeaf());
    y.sum().backward();
    assertEquals(1, x.grad().item());
    assertNull(kept.grad());
  }

  @Test
  void nodeIsOneUseOfAnOperation() {
    Tensor x = leaf(3);
    Node once = new Custom(Tensor::clone, g -> new Tensor[] {g});
    Tensor y = Node.apply(once, x);
    var error = assertThrows(NotegradException.class, () -> Node.apply(once, leaf(4)));
    assertEquals(
        "custom: this node is part of a graph already; make a new one for each use",
        error.getMessage());
    y.sum().backward();
    assertEquals(1, x.grad().item(), "the first use is as it was");
  }

  // ---- what comes back ------------------------------------------------------------------------

  @Test
  void gradientsOfTheWrongNumberShapeOrTypeAreNamed() {
    assertEquals(
        "backward: custom gave 2 gradients for 1 inputs",
        failure(g -> new Tensor[] {g, null}).getMessage());
    assertEquals(
        "backward: custom gave input 0 a gradient of float32 (), float32 (2,) expected",
        failure(g -> new Tensor[] {g.sum()}).getMessage());
    assertEquals(
        "backward: custom gave input 0 a gradient of float64 (2,), float32 (2,) expected",
        failure(g -> new Tensor[] {g.to(DType.FLOAT64)}).getMessage());
    assertEquals(
        "backward: custom gave no gradients; null stands for one in the list of them",
        failure(g -> null).getMessage());
  }

  private static NotegradException failure(Function<Tensor, Tensor[]> rule) {
    Tensor y = Node.apply(new Custom(Tensor::clone, rule), leaf(1, 2));
    return assertThrows(NotegradException.class, () -> y.sum().backward());
  }

  @Test
  void leafsGradientIsNotTheTensorThatWasSaved() {
    Tensor x = leaf(2);
    Tensor w = leaf(3);
    Tensor y =
        Node.apply(
            new Node("times") {
              @Override
              protected Tensor forward(Tensor... inputs) {
                save(inputs);
                return inputs[0].mul(inputs[1]);
              }

              @Override
              protected Tensor[] backward(Tensor gradient) { // right for a gradient of 1
                return new Tensor[] {saved(1), saved(0)};
              }
            },
            x,
            w);
    y.sum().backward();
    assertEquals(3, x.grad().item());
    x.grad().mulInPlace(0);
    w.grad().mulInPlace(0);
    assertEquals(3, w.item());
    assertEquals(2, x.item());
  }

  @Test
  void leafsGradientIsNotATensorThatAnOperationKeeps() {
    Tensor slope = tensor(3.0, 4);
    List<Tensor> log = new ArrayList<>();
    Tensor x = leaf(1, 2);
    Node.apply(new Custom(in -> in.mul(slope).sum(), g -> new Tensor[] {slope}), x).backward();
    x.grad().mulInPlace(0);
    assertArrayEquals(new double[] {3, 4}, slope.toDoubleArray());
    Tensor z = leaf(1, 2);
    Function<Tensor, Tensor[]> logged =
        g -> {
          log.add(g.mul(2.0));
          return new Tensor[] {log.getLast()};
        };
    Tensor once = Node.apply(new Custom(Tensor::clone, logged), z);
    Tensor twice = Node.apply(new Custom(Tensor::clone, logged), z);
    once.add(twice).add(z).sum().backward();
    assertArrayEquals(new double[] {5, 5}, z.grad().toDoubleArray());
    for (Tensor seen : log) {
      assertArrayEquals(new double[] {2, 2}, seen.toDoubleArray());
    }
  }

  @Test
  void gradientsAskedForAreNobodyElses() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    Tensor given = tensor(1.0, 1);
    Tensor[] gradients = Autograd.vjp(Graph.FREE, a.add(b), given, a, b);
    gradients[0].fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, gradients[1].toDoubleArray());
    assertArrayEquals(new double[] {1, 1}, given.toDoubleArray());
    Tensor created = leaf(1, 2);
    created.backward(Graph.CREATE, given);
    created.grad().fillInPlace(7);
    assertArrayEquals(new double[] {1, 1}, given.toDoubleArray());
  }

  @Test
  void gradientThatNobodyElseHoldsIsNotCopied() {
    Tensor[] made = new Tensor[1];
    Tensor x = leaf(1, 2);
    Node own =
        new Node("own") {
          @Override
          protected Tensor forward(Tensor... inputs) {
            return inputs[0].clone();
          }

          @Override
          protected Tensor[] backward(Tensor gradient) {
            made[0] = gradient.mul(2.0);
            return new Tensor[] {made[0]};
          }

          @Override
          protected boolean returnsNew() {
            return true;
          }
        };
    Node.apply(own, x).sum().backward();
    assertSame(made[0], x.grad());
  }

  // ---- what the walk wants --------------------------------------------------------------------

  /** Says what it computed. */
  private static final class Told extends Node {
    private final List<String> told;

    Told(List<String> told) {
      super("told");
      this.told = told;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      told.add("forward " + needs(0) + " " + needs(1));
      return inputs[0].mul(inputs[1]);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      told.add("backward " + needs(0) + " " + needs(1));
      return new Tensor[] {needs(0) ? gradient : null, needs(1) ? gradient : null};
    }
  }

  @Test
  void operationComputesOnlyWhatTheWalkWants() {
    Tensor x = leaf(2);
    Tensor w = leaf(3);
    List<String> told = new ArrayList<>();
    Tensor y = Node.apply(new Told(told), x.square(), w).sum();
    Autograd.grad(Graph.RETAIN, y, w);
    Autograd.grad(Graph.RETAIN, y, x);
    y.backward();
    Node.apply(new Told(told), tensor(2.0), w);
    Autograd.noGrad(() -> Node.apply(new Told(told), x, w));
    assertEquals(
        List.of(
            "forward true true",
            "backward false true",
            "backward true false",
            "backward true true",
            "forward false true",
            "forward false false"),
        told);
  }

  @Test
  void walkInsideAWalkWantsItsOwn() {
    Tensor x = leaf(2);
    Tensor w = leaf(3);
    List<String> told = new ArrayList<>();
    Function<Tensor, Tensor[]> rule =
        g -> {
          Tensor inner = leaf(5);
          Tensor product =
              Autograd.enableGrad(() -> Node.apply(new Told(told), inner.square(), leaf(1)));
          Autograd.grad(product, inner);
          return new Tensor[] {g};
        };
    Tensor y = Node.apply(new Custom(Tensor::clone, rule), x);
    Autograd.grad(Node.apply(new Told(told), y, w).sum(), x);
    assertEquals(
        List.of(
            "forward true true", "backward true false", "forward true true", "backward true false"),
        told);
  }

  @Test
  void gradientsOfGradientsAreRecordedWholeInAWalkThatWantsLess() {
    Tensor x = leaf(2);
    Tensor w = leaf(3);
    Tensor y = x.mul(w).square().sum(); // x² w²: 2 x² w, then 4 x w
    Tensor first = Autograd.grad(Graph.CREATE, y, w)[0];
    assertEquals(24, Autograd.grad(first.sum(), x)[0].item());
  }
}
