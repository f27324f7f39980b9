package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.ordinary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.DType;
import org.notegrad.Generator;
import org.notegrad.Tensor;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.ReduceOp;

/** In which order elements are reduced, to the bit, is the same everywhere. */
class ReductionBitsTest {
  /** Short rows, tails of every kind, several strips and several chunks. */
  private static final int[][] SHAPES = {
    {1},
    {5},
    {16},
    {100},
    {129},
    {4097},
    {33, 7},
    {10, 300},
    {300, 10},
    {7, 5, 130},
    {1100, 65},
    {3, 2060},
    {200_003}
  };

  /** Large enough for several threads. */
  private static final int[][] SPLIT = {{1100, 65}, {200_003}};

  private static final int[][] LARGE = {
    {3_000_017},
    {70_001, 17},
    {17, 70_001},
    {40, 1100, 33},
    {600, 2, 700},
    {2, 600_000},
    {600_000, 2}
  };

  private final int threads = Parallel.threads();

  @AfterEach
  void setThreadsBack() {
    Parallel.setThreads(threads);
  }

  @Test
  void bothProvidersGiveTheSameBits() {
    assertEquals(digest(new PlainKernels(), SHAPES), digest(new VectorKernels(), SHAPES));
  }

  @Test
  void everyNumberOfThreadsGivesTheSameBits() {
    Parallel.setThreads(1);
    String alone = digest(new VectorKernels(), SPLIT) + softmax();
    for (int count = 2; count <= 4; count++) {
      Parallel.setThreads(count);
      assertEquals(alone, digest(new VectorKernels(), SPLIT) + softmax(), count + " threads");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void everyWidthOfVectorsGivesTheSameBits(int bytes) throws Exception {
    assertEquals(digest(new VectorKernels(), SHAPES) + softmax(), digestWith(bytes, "short"));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void everyWidthAndThreadGivesTheSameBitsOfLargeTensors(int bytes) throws Exception {
    Parallel.setThreads(1);
    String expected = digest(new PlainKernels(), LARGE);
    for (int count = 1; count <= 4; count++) {
      Parallel.setThreads(count);
      assertEquals(expected, digest(new VectorKernels(), LARGE), count + " threads");
    }
    assertEquals(expected, digestWith(bytes, "long"));
  }

  /** One hash for each operation, type, shape and arrangement, over all sets of dimensions. */
  private static String digest(CpuKernels kernels, int[][] shapes) {
    var backend = new CpuBackend(kernels);
    var digest = new StringBuilder();
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes) {
        for (Arrangement arrangement : Arrangement.values()) {
          Tensor x = arrangement.of(values(dtype, shape));
          digest.append(
              "%s %s %s %s\n"
                  .formatted(dtype, Arrays.toString(shape), arrangement, hashes(backend, x)));
        }
      }
    }
    return digest.toString();
  }

  private static Tensor values(DType dtype, int... shape) {
    DType drawn = dtype == DType.FLOAT32 ? dtype : DType.FLOAT64;
    Tensor normal = new Generator(7).fill(new Distribution.Normal(), Tensor.zeros(drawn, shape));
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> normal.to(dtype);
      case INT32, INT64 -> normal.mul(1000.0).to(dtype);
      case BOOL -> normal.gt(1.0);
    };
  }

  private static int hash(Tensor x) {
    return x.dtype().isFloating()
        ? Arrays.hashCode(x.toDoubleArray())
        : Arrays.hashCode(x.to(DType.INT64).toLongArray());
  }

  private static List<Integer> hashes(Backend backend, Tensor x) {
    var hashes = new ArrayList<Integer>();
    for (ReduceOp op : ReduceOp.values()) {
      if (x.dtype() != DType.BOOL || op == ReduceOp.MAX || op == ReduceOp.MIN) {
        for (int dims = 0; dims < 1 << x.rank(); dims++) {
          int[] kept = x.shape().toArray();
          for (int dim = 0; dim < kept.length; dim++) {
            kept[dim] = (dims >> dim & 1) == 1 ? 1 : kept[dim];
          }
          Tensor out = Tensor.zeros(x.dtype(), kept);
          backend.reduce(op, of(x), of(out));
          hashes.add(hash(out));
        }
      }
    }
    for (ArgOp op : ArgOp.values()) {
      for (int dim = 0; dim < x.rank(); dim++) {
        Tensor out = Tensor.zeros(DType.INT64, x.shape().with(dim, 1).toArray());
        backend.argReduce(op, of(x), dim, of(out));
        hashes.add(hash(out));
      }
    }
    return hashes;
  }

  private static String softmax() {
    var backend = new CpuBackend(new VectorKernels());
    var hashes = new ArrayList<Integer>();
    for (DType dtype : Operands.REAL) {
      for (int[] shape : new int[][] {{3, 5}, {40, 33}, {5, 5000}, {700, 100}}) {
        Tensor x = values(dtype, shape);
        for (boolean logarithm : new boolean[] {false, true}) {
          Tensor out = Tensor.zeros(dtype, shape);
          backend.softmax(of(x), logarithm, of(out));
          hashes.add(hash(out));
        }
        Tensor losses = Tensor.zeros(dtype, shape[0]);
        backend.crossEntropy(of(x), of(Tensor.zeros(DType.INT64, shape[0])), of(losses));
        hashes.add(hash(losses));
      }
    }
    return hashes.toString();
  }

  private static String digestWith(int bytes, String length) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:MaxVectorSize=" + bytes,
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Digest.class.getName(),
                length)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    int end = printed.indexOf('\n');
    int widest = FloatGemm.LANES * Float.BYTES;
    assertEquals(Math.min(bytes, widest), Integer.parseInt(printed.substring(0, end)));
    return printed.substring(end + 1);
  }

  /** Tells how many bytes a vector has, and what the reductions are. */
  static final class Digest {
    public static void main(String[] args) {
      System.out.println(FloatGemm.LANES * Float.BYTES);
      boolean large = args[0].equals("long");
      System.out.print(digest(new VectorKernels(), large ? LARGE : SHAPES));
      System.out.print(large ? "" : softmax());
    }
  }

  @Test
  void aRowIsSummedInSixteenLanesByTreesOfEight() {
    for (int n : new int[] {1, 15, 16, 127, 128, 300, 4096, 10_000}) {
      Tensor x = ordinary(DType.FLOAT32, 5, n);
      float[] elements = x.toFloatArray();
      double expected = 0;
      for (int i = 0; i < n; i += 4096) {
        expected += block(Arrays.copyOfRange(elements, i, Math.min(n, i + 4096)));
      }
      for (CpuKernels kernels : List.of(new PlainKernels(), new VectorKernels())) {
        Tensor out = Tensor.zeros(1);
        new CpuBackend(kernels).reduce(ReduceOp.SUM, of(x), of(out));
        assertEquals((float) expected, out.toFloatArray()[0], n + ", " + kernels.describe());
      }
    }
  }

  private static float block(float[] x) {
    float[] lanes = new float[16];
    int i = 0;
    for (; i + 128 <= x.length; i += 128) {
      for (int lane = 0; lane < 16; lane++) {
        float[] eight = new float[8];
        for (int e = 0; e < 8; e++) {
          eight[e] = x[i + 16 * e + lane];
        }
        float left = (eight[0] + eight[1]) + (eight[2] + eight[3]);
        lanes[lane] += left + ((eight[4] + eight[5]) + (eight[6] + eight[7]));
      }
    }
    for (; i < x.length; i++) {
      lanes[i % 16] += x[i];
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  /** What {@link FloatSums} promises. */
  @Test
  void aSumOfEqualSignsIsWithin46Roundings() {
    for (int[] shape : new int[][] {{1_000_003}, {4095}, {200_000, 5}, {700, 3001}}) {
      Tensor x = ordinary(DType.FLOAT32, 9, shape).abs();
      for (int dim = 0; dim < shape.length; dim++) {
        Tensor exact = x.to(DType.FLOAT64).sum(dim);
        Tensor error = x.sum(dim).to(DType.FLOAT64).sub(exact).abs().div(exact);
        assertTrue(error.max().item() <= 47 * 0x1p-24, Arrays.toString(shape) + " over " + dim);
      }
    }
  }
}
