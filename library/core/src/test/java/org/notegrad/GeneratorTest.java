package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.notegrad.backend.Distribution;
import org.notegrad.nn.Dropout;
import org.notegrad.nn.Linear;

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

  private static float[] rank(int number) {
    return new Generator(11)
        .split(number)
        .during(() -> {
          Tensor weight = new Linear(3, 2).weight();
          TensorOptions like = TensorOptions.like(weight);
          Tensor[] drawn = {
            weight.detach().flatten(),
            Tensor.rand(4),
            Tensor.rand(like, 4),
            Tensor.randn(4),
            Tensor.randn(like, 4),
            Tensor.randint(0, 100, 9).to(DType.FLOAT32),
            Tensor.randperm(5).to(DType.FLOAT32),
            new Dropout(0.5).forward(Tensor.ones(40))
          };
          return Functional.cat(0, drawn).toFloatArray();
        });
  }

  @Test
  void ranksInThreadsDrawWhatTheyDrawOneAfterTheOther() throws Exception {
    Notegrad.manualSeed(1);
    float[] untouched = Tensor.rand(3).toFloatArray();
    float[][] alone = {rank(0), rank(1)};
    assertFalse(Arrays.equals(alone[0], alone[1]));
    Notegrad.manualSeed(1);
    for (int round = 0; round < 20; round++) {
      var together = new float[2][];
      var start = new CyclicBarrier(2);
      var ranks = new Thread[2];
      for (int i = 0; i < 2; i++) {
        int number = i;
        ranks[i] =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    start.await();
                  } catch (InterruptedException | BrokenBarrierException e) {
                    throw new AssertionError(e);
                  }
                  together[number] = rank(number);
                });
      }
      for (Thread rank : ranks) {
        rank.join();
      }
      assertArrayEquals(alone[0], together[0]);
      assertArrayEquals(alone[1], together[1]);
    }
    assertArrayEquals(untouched, Tensor.rand(3).toFloatArray()); // the global stream stood still
  }

  @Test
  void aStreamEndsWithItsBodyWhateverHappens() {
    var own = new Generator(3);
    own.during(() -> {
      assertSame(own, Generator.current());
      var inner = new Generator(4);
      assertThrows(
          ArithmeticException.class,
          () ->
              inner.during(() -> {
                assertSame(inner, Generator.current());
                throw new ArithmeticException();
              }));
      assertSame(own, Generator.current());
    });
    assertSame(Generator.global(), Generator.current());
  }

  @Test
  void manualSeedSeedsTheCurrentStream() {
    Notegrad.manualSeed(21);
    Generator.State before = Generator.global().state();
    var own = new Generator(3);
    own.during(() -> Notegrad.manualSeed(8));
    assertEquals(new Generator.State(8, 0), own.state());
    assertEquals(before, Generator.global().state());
  }

  @Test
  void aStreamGoesOnWhereItsStateWasTaken() {
    var random = new Generator(5);
    random.permutation(9);
    Generator.State state = random.state();
    long[] expected = random.permutation(9);
    var other = new Generator(0);
    other.setState(state);
    assertArrayEquals(expected, other.permutation(9));
    assertThrows(NotegradException.class, () -> new Generator.State(1, -1));
  }

  @Test
  void partsOfAStreamDependOnItsSeedAndTheirNameAlone() {
    var random = new Generator(5);
    long first = random.split("dropout").state().seed();
    random.permutation(100);
    assertEquals(first, random.split("dropout").state().seed());
    var seeds = new HashSet<Long>(List.of(5L, first, random.split("Dropout").state().seed()));
    for (int i = 0; i < 100; i++) {
      seeds.add(random.split(i).state().seed());
      seeds.add(new Generator(6).split(i).state().seed());
      seeds.add(random.split("" + i).state().seed());
    }
    assertEquals(303, seeds.size());
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
