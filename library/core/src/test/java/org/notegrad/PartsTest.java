package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.AutogradTest.leaf;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.tensor;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.notegrad.backend.Operand;

/** Tensors taken apart: all pieces at once, the best elements, and gradients that meet again. */
class PartsTest {
  private static final double NAN = Double.NaN;

  private static String shapes(Tensor... parts) {
    return Arrays.stream(parts).map(part -> part.shape().toString()).toList().toString();
  }

  private static void assertMessage(String expected, NotegradException error) {
    assertEquals(expected, error.getMessage());
  }

  // ---- unbind, split, chunk -------------------------------------------------------------------

  @Test
  void piecesAreViewsOfTheWhole() {
    Tensor x = arange(12).reshape(3, 4);
    for (Tensor[] parts : new Tensor[][] {x.unbind(1), x.split(2), x.chunk(2, 1)}) {
      for (Tensor part : parts) {
        assertSame(Operand.of(x).storage(), Operand.of(part).storage());
      }
    }
    assertArrayEquals(new long[] {1, 5, 9}, x.unbind(1)[1].toLongArray());
    assertArrayEquals(new long[] {4, 5, 6, 7}, x.unbind()[1].toLongArray());
    assertArrayEquals(new long[] {8, 9, 10, 11}, x.split(2)[1].toLongArray());
    assertArrayEquals(
        new long[] {1, 2, 5, 6, 9, 10}, x.split(new int[] {1, 2, 1}, 1)[1].toLongArray());
  }

  @Test
  void piecesAreAsManyAndAsLargeAsPyTorchs() {
    assertEquals("[(3,), (3,), (1,)]", shapes(arange(7).chunk(3)));
    assertEquals("[(2,), (2,), (1,)]", shapes(arange(5).chunk(4)));
    assertEquals("[(2,), (2,), (1,)]", shapes(arange(5).split(2)));
    assertEquals("[(5,)]", shapes(arange(5).split(9)));
    assertEquals("[(0, 3), (0, 3)]", shapes(Tensor.zeros(0, 3).chunk(2)));
    assertEquals("[(0, 3)]", shapes(Tensor.zeros(0, 3).split(2)));
    assertEquals("[(0, 3)]", shapes(Tensor.zeros(0, 3).split(0)));
    assertEquals("[]", shapes(Tensor.zeros(0, 3).unbind()));
    assertEquals("[(0,), (0,), (0,)]", shapes(Tensor.zeros(0, 3).unbind(-1)));
  }

  @Test
  void piecesThatDoNotFitAreNamed() {
    Tensor x = arange(5);
    assertMessage(
        "split: (5,): pieces of sizes [2, 2] do not fill dimension 0 of 5",
        assertThrows(ShapeException.class, () -> x.split(new int[] {2, 2}, 0)));
    assertMessage(
        "split: (5,): pieces of sizes [6, -1] do not fill dimension 0 of 5",
        assertThrows(ShapeException.class, () -> x.split(new int[] {6, -1}, 0)));
    assertMessage(
        "split: (5,): pieces of size 0 do not fill dimension 0 of 5",
        assertThrows(ShapeException.class, () -> x.split(0)));
    assertMessage(
        "chunk: (5,): 0 chunks; at least one expected",
        assertThrows(ShapeException.class, () -> x.chunk(0)));
    assertMessage(
        "unbind: (): a scalar has no dimension to index",
        assertThrows(ShapeException.class, () -> Tensor.scalar(1).unbind()));
  }

  @Test
  void pieceThatIsNotUsedHasGradientZero() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.unbind();
    parts[2].mul(parts[0]).backward();
    assertArrayEquals(new double[] {3, 0, 1}, x.grad().toDoubleArray());
    assertEquals("unbind", parts[1].gradFn().name());
  }

  @Test
  void piecesOfOneTensorAreWalkedOneAfterAnother() {
    Tensor x = leaf(1, 2, 3, 4);
    Tensor[] halves = x.split(2);
    halves[0].square().sum().backward();
    halves[1].square().sum().backward();
    assertArrayEquals(new double[] {2, 4, 6, 8}, x.grad().toDoubleArray());
    assertArrayEquals(
        new double[] {1, 1}, Autograd.grad(halves[1].sum(), halves[1])[0].toDoubleArray());
  }

  // ---- topk -----------------------------------------------------------------------------------

  @Test
  void bestElementsComeInTheirOrder() {
    Tensor x = tensor(NAN, 1, Double.POSITIVE_INFINITY, 2, 1, -0.0, 0);
    TopK largest = x.topk(5);
    assertArrayEquals(new long[] {0, 2, 3, 1, 4}, largest.indices().toLongArray());
    assertArrayEquals(
        new double[] {NAN, Double.POSITIVE_INFINITY, 2, 1, 1}, largest.values().toDoubleArray());
    TopK smallest = x.topk(7, 0, TopK.Order.SMALLEST);
    assertArrayEquals(new long[] {5, 6, 1, 4, 3, 2, 0}, smallest.indices().toLongArray());
    assertArrayEquals(
        new long[] {2, 0},
        tensor(5L, Long.MIN_VALUE, Long.MAX_VALUE).topk(2).indices().toLongArray());
    assertEquals(0, Tensor.scalar(3).topk(1).indices().itemLong());
    assertEquals("(2, 0)", Tensor.zeros(2, 3).topk(0).values().shape().toString());
    assertEquals("(0, 2)", Tensor.zeros(0, 3).topk(2).values().shape().toString());
  }

  @Test
  void bestElementsAreThoseOfASort() {
    Tensor x =
        new Generator(3)
            .fill(
                new org.notegrad.backend.Distribution.Integers(0, 50),
                Tensor.zeros(DType.INT64, 4, 97, 3));
    for (int k : new int[] {1, 2, 31, 96, 97}) {
      TopK top = x.topk(k, 1);
      assertEquals("(4, %d, 3)".formatted(k), top.values().shape().toString());
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 3; j++) {
          long[] line = x.select(0, i).select(1, j).toLongArray();
          Integer[] order = new Integer[line.length];
          Arrays.setAll(order, at -> at);
          Arrays.sort(order, (a, b) -> Long.compare(line[b], line[a])); // stable
          for (int rank = 0; rank < k; rank++) {
            assertEquals(order[rank].longValue(), top.indices().get(i, rank, j).itemLong());
            assertEquals(line[order[rank]], top.values().get(i, rank, j).itemLong());
          }
        }
      }
    }
  }

  @Test
  void moreElementsThanThereAreIsAnError() {
    assertMessage(
        "topk: (2, 3): 4 elements are not in dimension 1 of size 3",
        assertThrows(ShapeException.class, () -> Tensor.zeros(2, 3).topk(4)));
    assertThrows(ShapeException.class, () -> Tensor.zeros(2, 3).topk(-1));
  }

  // ---- gradients that meet again --------------------------------------------------------------

  @Test
  void partsOfATensorAddUpWithItsOtherUses() {
    Tensor x = fromArray(new double[] {1, 2, 3, 4, 5, 6}, 2, 3).requiresGrad(true);
    Tensor h = x.mul(1.0);
    Tensor y =
        h.select(0, 1)
            .sum()
            .add(h.sum())
            .add(h.narrow(1, 0, 2).mul(2.0).sum())
            .add(h.indexSelect(1, tensor(2L, 2)).sum());
    y.backward();
    assertArrayEquals(new double[] {3, 3, 3, 4, 4, 4}, x.grad().toDoubleArray());
  }

  @Test
  void gradientOfAWholeIsNotChangedByItsParts() {
    Tensor x = leaf(1, 2, 3);
    Tensor h = x.mul(1.0);
    Tensor given = tensor(1.0, 1, 1);
    Tensor part = h.narrow(0, 0, 1);
    Tensor both = Functional.cat(0, h, part);
    both.backward(Graph.RETAIN, tensor(1.0, 1, 1, 5));
    assertArrayEquals(new double[] {6, 1, 1}, x.grad().toDoubleArray());
    x.setGrad(null);
    h.add(Functional.cat(0, part, part, part)).backward(Graph.FREE, given);
    assertArrayEquals(new double[] {4, 1, 1}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {1, 1, 1}, given.toDoubleArray());
  }

  @Test
  void chosenRowsAreFreedWithTheirWalk() {
    Tensor table = Tensor.ones(3, 2).requiresGrad(true);
    Tensor y = table.indexSelect(0, tensor(1L, 1)).sum();
    y.backward();
    assertArrayEquals(new double[] {0, 0, 2, 2, 0, 0}, table.grad().toDoubleArray());
    var error = assertThrows(NotegradException.class, y::backward);
    assertEquals(true, error.getMessage().contains("indexSelect"), error.getMessage());
  }
}
