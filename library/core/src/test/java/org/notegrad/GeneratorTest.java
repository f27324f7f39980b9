package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.notegrad.backend.Distribution;

/** Random numbers: repeatable, spread as they should be, and none drawn twice. */
class GeneratorTest {
  @Test
  void seedRepeatsWhatFollows() {
    Notegrad.manualSeed(7);
    Tensor first = Tensor.randn(5);
    Tensor second = Tensor.randn(5);
    Notegrad.manualSeed(7);
    assertArrayEquals(first.toFloatArray(), Tensor.randn(5).toFloatArray());
    assertArrayEquals(second.toFloatArray(), Tensor.randn(5).toFloatArray());
    assertFalse(Arrays.equals(first.toFloatArray(), second.toFloatArray()));
  }

  /** A changed stream would change every seeded notebook: this is the one of the first release. */
  @Test
  void streamOfASeedIsFixed() {
    var random = new Generator(42);
    Tensor uniform = random.fill(new Distribution.Uniform(), Tensor.zeros(3));
    assertEquals("tensor([0.6130, 0.4686, 0.0732])", uniform.toString());
    assertArrayEquals(new long[] {5, 0, 1, 4, 3, 2}, random.permutation(6));
  }

  @Test
  void numbersAreSpreadAsTheyShouldBe() {
    var random = new Generator(1);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor u = random.fill(new Distribution.Uniform(), Tensor.zeros(dtype, 200_000));
      assertTrue(u.min().item() >= 0 && u.max().item() < 1);
      assertEquals(0.5, u.mean().item(), 0.003);
      assertEquals(1 / 12.0, u.var().item(), 0.001);
      Tensor n = random.fill(new Distribution.Normal(), Tensor.zeros(dtype, 200_000));
      assertEquals(0, n.mean().item(), 0.01);
      assertEquals(1, n.var().item(), 0.02);
      assertEquals(0, n.pow(3.0).mean().item(), 0.03);
      assertEquals(3, n.pow(4.0).mean().item(), 0.1);
      Tensor neighbours = n.narrow(0, 0, 199_999).mul(n.narrow(0, 1, 199_999));
      assertEquals(0, neighbours.mean().item(), 0.01);
    }
  }

  @Test
  void integersFillTheirRangeEvenly() {
    Notegrad.manualSeed(3);
    Tensor x = Tensor.randint(-3, 4, 70_000);
    for (int value = -3; value < 4; value++) {
      assertEquals(10_000, x.eq(value).sum().item(), 400, "of " + value);
    }
    Tensor wide = Tensor.randint(Long.MIN_VALUE, Long.MAX_VALUE, 1000);
    assertEquals(500, wide.lt(0).sum().item(), 60);
  }

  @Test
  void permutationsHoldEachNumberOnceAndAreAllAsLikely() {
    Notegrad.manualSeed(5);
    long[] sorted = Tensor.randperm(1000).toLongArray();
    Arrays.sort(sorted);
    assertArrayEquals(Tensor.arange(1000).toLongArray(), sorted);
    int[] counts = new int[6];
    var random = new Generator(9);
    for (int i = 0; i < 6000; i++) {
      long[] order = random.permutation(3);
      counts[(int) (2 * order[0] + (order[1] > order[2] ? 1 : 0))]++;
    }
    for (int count : counts) {
      assertEquals(1000, count, 120);
    }
    assertEquals(0, random.permutation(0).length);
  }

  @Test
  void tensorsInAnyArrangementAreFilledInRowMajorOrder() {
    Tensor plain = new Generator(2).fill(new Distribution.Uniform(), Tensor.zeros(3, 4));
    Tensor turned = new Generator(2).fill(new Distribution.Uniform(), Tensor.zeros(4, 3).t());
    assertArrayEquals(plain.toFloatArray(), turned.toFloatArray());
    Tensor around = Tensor.zeros(8);
    new Generator(2).fill(new Distribution.Uniform(), around.slice(0, 1, 7, 2));
    assertEquals(0, around.slice(0, 0, 8, 2).sum().item());
  }

  @Test
  void drawsOfAnySizeDoNotOverlap() {
    var random = new Generator(4);
    Tensor one = random.fill(new Distribution.Uniform(), Tensor.zeros(1));
    Tensor five = random.fill(new Distribution.Uniform(), Tensor.zeros(5));
    Tensor next = random.fill(new Distribution.Uniform(), Tensor.zeros(DType.FLOAT64, 2));
    assertFalse(five.eq(one).any());
    assertFalse(five.to(DType.FLOAT64).sub(next.get(0)).abs().lt(1e-7).any());
  }
}
