package org.notegrad.bench.fusion;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.notegrad.Tensor;
import org.notegrad.optim.Adam;

/**
 * The first step of Adam on 4 M elements in a new process: what the interpreter and the JIT make of
 * code that nobody has warmed, tracing and compiling of the loop included.
 */
public final class FirstStep {
  private static final int LARGE = 4 << 20;

  private FirstStep() {}

  /** Prints the milliseconds of one first step, {@code fused} or {@code hand}. */
  public static void main(String[] args) {
    Tensor parameter = Tensor.rand(LARGE).requiresGrad(true);
    parameter.setGrad(Tensor.rand(LARGE).sub(0.5));
    float[] p = parameter.toFloatArray();
    float[] g = parameter.grad().toFloatArray();
    float[] mean = new float[LARGE];
    float[] square = new float[LARGE];
    long start = System.nanoTime();
    switch (args[0]) {
      case "fused" -> new Adam(List.of(parameter), 1e-3).step();
      case "hand" ->
          HandWritten.adam(new HandWritten.Adam(1e-3, 0.9, 0.999, 1e-8, 1), p, g, mean, square);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println((System.nanoTime() - start) / 1e6);
  }

  /** Medians of new processes that take turns. */
  public static Race.Outcome race(int rounds) throws IOException, InterruptedException {
    double[] fused = new double[rounds];
    double[] hand = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      fused[round] = milliseconds("fused");
      hand[round] = milliseconds("hand");
    }
    Arrays.sort(fused);
    Arrays.sort(hand);
    double a = fused[rounds / 2] / 1e3;
    double b = hand[rounds / 2] / 1e3;
    return new Race.Outcome("first Adam 4 M", "by hand", a, b, a / b, 1);
  }

  private static double milliseconds(String way) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                FirstStep.class.getName(),
                way)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("a first step ended with status " + process.exitValue());
    }
    return Double.parseDouble(said.strip());
  }
}
