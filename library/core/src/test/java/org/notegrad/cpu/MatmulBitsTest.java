package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.notegrad.backend.Parallel;

/** In which order a product's sums are made, to the bit, is the same everywhere. */
class MatmulBitsTest {
  private static final int[][] SIZES = {
    {1, 50, 100},
    {2, 300, 33},
    {4, 700, 513},
    {32, 10, 20},
    {37, 19, 512},
    {64, 64, 32},
    {33, 200, 1300},
    {65, 200, 600},
    {200, 65, 1100},
    {130, 1030, 40},
    {1100, 97, 600}
  };

  private final int threads = Parallel.threads();

  @AfterEach
  void setThreadsBack() {
    Parallel.setThreads(threads);
  }

  /** Products of each size: of rows by rows, by columns, and of columns by rows. */
  private static Stream<FloatProduct> products() {
    var random = new Random(7);
    var products = new ArrayList<FloatProduct>();
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      float[] a = random(random, m * k);
      float[] b = random(random, k * n);
      var bias = new FloatStrides(random(random, n), 0, 0, 1);
      for (int layout = 0; layout < 3; layout++) {
        var left = layout == 2 ? new FloatStrides(a, 0, 1, m) : new FloatStrides(a, 0, k, 1);
        var right = layout == 1 ? new FloatStrides(b, 0, 1, k) : new FloatStrides(b, 0, n, 1);
        var start = layout == 0 ? null : bias;
        products.add(new FloatProduct(m, n, k, left, right, start, new float[m * n], 0, n));
      }
    }
    return products.stream();
  }

  private static float[] random(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static float[] result(FloatProduct product) {
    Arrays.fill(product.c(), Float.NaN);
    new VectorKernels().matmul(product);
    return product.c().clone();
  }

  @Test
  void anElementIsOneChainOfSumsInEachBlockOfK() {
    products()
        .filter(x -> !FloatDots.takes(x))
        .forEach(x -> {
          float[] expected = new float[x.m() * x.n()];
          for (int i = 0; i < x.m(); i++) {
            for (int j = 0; j < x.n(); j++) {
              expected[i * x.n() + j] = chain(x, i, j);
            }
          }
          assertArrayEquals(expected, result(x), x.m() + " x " + x.n() + " x " + x.k());
        });
  }

  private static float chain(FloatProduct x, int i, int j) {
    float total = 0;
    for (int block = 0; block < x.k(); block += 512) {
      float sum = 0;
      for (int p = block; p < Math.min(x.k(), block + 512); p++) {
        sum = Math.fma(x.a().get(i, p), x.b().get(p, j), sum);
      }
      total = block > 0 ? total + sum : x.bias() == null ? sum : x.bias().get(0, j) + sum;
    }
    return total;
  }

  @Test
  void fewRowsBySharedColumnsAreSixteenChainsOfSums() {
    assertEquals(3, products().filter(FloatDots::takes).count());
    products()
        .filter(FloatDots::takes)
        .forEach(x -> {
          float[] expected = new float[x.m() * x.n()];
          for (int i = 0; i < x.m(); i++) {
            for (int j = 0; j < x.n(); j++) {
              expected[i * x.n() + j] = x.bias().get(0, j) + lanes(x, i, j);
            }
          }
          assertArrayEquals(expected, result(x), x.m() + " x " + x.n() + " x " + x.k());
        });
  }

  private static float lanes(FloatProduct x, int i, int j) {
    float[] sums = new float[16];
    for (int p = 0; p < x.k(); p++) {
      sums[p % 16] = Math.fma(x.a().get(i, p), x.b().get(p, j), sums[p % 16]);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return sums[0];
  }

  @Test
  void aPackedMatrixGivesTheSameBits() {
    var kernels = new VectorKernels();
    products()
        .forEach(x -> {
          float[] expected = result(x);
          FloatMatrix packed = kernels.pack(x.b(), x.k(), x.n());
          assertTrue(packed instanceof FloatPacked);
          assertArrayEquals(expected, result(x.with(packed)), x.toString());
        });
  }

  @Test
  void everyNumberOfThreadsGivesTheSameBits() {
    products()
        .forEach(x -> {
          Parallel.setThreads(1);
          float[] expected = result(x);
          for (int count : new int[] {2, 3, 7}) {
            Parallel.setThreads(count);
            assertArrayEquals(expected, result(x), count + " threads");
          }
        });
  }

  @Test
  void everyWidthOfVectorsGivesTheSameBits() throws Exception {
    String expected = digest();
    for (int bytes : new int[] {16, 32, 64}) {
      assertEquals(expected, digestWith(bytes), bytes + " bytes");
    }
  }

  private static String digest() {
    var hashes = new ArrayList<Integer>();
    products().forEach(x -> hashes.add(Arrays.hashCode(result(x))));
    return hashes.toString();
  }

  private static String digestWith(int bytes) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:MaxVectorSize=" + bytes,
                "-cp",
                System.getProperty("java.class.path"),
                Digest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    List<String> lines = printed.lines().toList();
    assertEquals(Math.min(bytes, FloatGemm.LANES * Float.BYTES), Integer.parseInt(lines.get(0)));
    return lines.get(1);
  }

  /** Tells how many bytes a vector has, and what the products are. */
  static final class Digest {
    public static void main(String[] args) {
      System.out.println(FloatGemm.LANES * Float.BYTES);
      System.out.println(digest());
    }
  }
}
