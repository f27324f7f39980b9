package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.Tensor.zeros;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a gradient costs, in bytes allocated: times depend on the machine, these do not. */
class GradientCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static int threadsBefore;

  @BeforeAll
  static void onThisThreadAlone() {
    threadsBefore = Notegrad.threads();
    Notegrad.setThreads(1);
  }

  @AfterAll
  static void asBefore() {
    Notegrad.setThreads(threadsBefore);
  }

  /**
   * What the backward pass of {@code loss} allocates: the least of some, since vectors are
   * allocated until the loops over them are compiled.
   */
  private static long bytes(IntFunction<Tensor> loss, int size, Graph graph) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 12; i++) {
      Tensor y = loss.apply(size);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      y.backward(graph);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static Tensor sumOf(Tensor... parts) {
    Tensor sum = null;
    for (Tensor part : parts) {
      Tensor squares = part.square().sum();
      sum = sum == null ? squares : sum.add(squares);
    }
    return sum;
  }

  private static Tensor steps(int t) {
    return zeros(4, t, 32).requiresGrad(true);
  }

  private static Tensor each(int t, IntFunction<Tensor> part) {
    Tensor[] parts = new Tensor[t];
    for (int i = 0; i < t; i++) {
      parts[i] = part.apply(i);
    }
    return sumOf(parts);
  }

  private static Arguments of(String name, IntFunction<Tensor> loss) {
    return Arguments.of(name, loss);
  }

  /** Each takes a tensor of T steps apart into T. */
  static Stream<Arguments> takenApart() {
    return Stream.of(
        of(
            "select",
            t -> {
              Tensor x = steps(t);
              return each(t, i -> x.select(1, i));
            }),
        of(
            "narrow",
            t -> {
              Tensor x = steps(t);
              return each(t, i -> x.narrow(1, i, 1));
            }),
        of(
            "slice",
            t -> {
              Tensor x = steps(t);
              return each(t, i -> x.slice(1, i, i + 1));
            }),
        of("unbind", t -> sumOf(steps(t).unbind(1))),
        of("split", t -> sumOf(steps(t).split(1, 1))),
        of("chunk", t -> sumOf(steps(t).chunk(t, 1))),
        of(
            "indexSelect",
            t -> {
              Tensor x = steps(t);
              return each(t, i -> x.indexSelect(1, tensor((long) i)));
            }),
        of(
            "a transposed tensor",
            t -> {
              Tensor x = steps(t).transpose(0, 1);
              return each(t, i -> x.select(0, i));
            }),
        of(
            "the gradient of another operation",
            t -> {
              Tensor x = steps(t).mul(2.0);
              return each(t, i -> x.select(1, i)).add(x.sum());
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("takenApart")
  void gradientOfTSlicesIsLinearInT(String name, IntFunction<Tensor> loss) {
    for (Graph graph : new Graph[] {Graph.FREE, Graph.CREATE}) {
      long hundred = bytes(loss, 100, graph);
      long twoHundred = bytes(loss, 200, graph);
      long fourHundred = bytes(loss, 400, graph);
      String seen = graph + ": " + hundred + ", " + twoHundred + ", " + fourHundred;
      assertTrue(twoHundred < 2.4 * hundred, seen);
      assertTrue(fourHundred < 2.4 * twoHundred, seen);
    }
  }

  @Test
  void embeddingsGradientMakesOneTable() {
    int table = 4 * 20_000 * 64;
    long bytes =
        bytes(
            t -> {
              Tensor weights = ones(20_000, 64).requiresGrad(true);
              return each(t, i -> weights.indexSelect(0, tensor((long) i, 3)));
            },
            20,
            Graph.FREE);
    assertTrue(bytes < 1.1 * table, bytes + " for a table of " + table);
  }

  @Test
  void crossEntropyMakesOneMatrixOnTheWayThereAndNoneOnTheWayBack() {
    int logits = 4 * 256 * 3_000;
    Tensor target = zeros(DType.INT64, 256);
    long there = Long.MAX_VALUE;
    long back = Long.MAX_VALUE;
    for (int i = 0; i < 40; i++) {
      Tensor x = zeros(256, 3_000).requiresGrad(true);
      Tensor h = x.reshape(256, 3_000).mul(1.0);
      long start = THREADS.getCurrentThreadAllocatedBytes();
      Tensor loss = Functional.crossEntropy(h, target);
      long middle = THREADS.getCurrentThreadAllocatedBytes();
      Autograd.grad(loss, h);
      long end = THREADS.getCurrentThreadAllocatedBytes();
      there = Math.min(there, middle - start);
      back = Math.min(back, end - middle);
    }
    assertTrue(there < 1.2 * logits, there + " for logits of " + logits);
    assertTrue(back < 0.2 * logits, back + " for logits of " + logits);
  }

  @Test
  void productsGradientMakesAFewTensors() {
    int[] made = new int[2];
    for (int i = 0; i < 2; i++) {
      Tensor x = ones(i == 0 ? 10 : 1000, 8).requiresGrad(true);
      Tensor first = Autograd.grad(Graph.CREATE, x.prod(0).sum(), x)[0];
      made[i] = nodes(first);
    }
    assertTrue(made[0] == made[1], made[0] + " nodes for 10 factors, " + made[1] + " for 1000");
  }

  private static int nodes(Tensor output) {
    var seen = new java.util.HashSet<Node>();
    var open = new java.util.ArrayDeque<Node>();
    open.push(output.gradFn());
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node)) {
        node.inputs().stream().filter(input -> input != null).forEach(open::push);
      }
    }
    return seen.size();
  }
}
