package org.notegrad.bench.fusion;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Two ways to the same result, timed in turn in one process.
 *
 * @param name what is computed, and on how much
 * @param other what the fused way is measured by
 * @param goal the ratio of times that is wanted at most
 * @param fused sets the fused way up, and gives one repeat of it
 * @param rival the same of the other
 */
public record Race(
    String name, String other, double goal, Supplier<Runnable> fused, Supplier<Runnable> rival) {
  /** Medians over the rounds: a repeat's seconds each, and the ratio of a round's times. */
  public record Outcome(
      String race, String other, double fused, double rival, double ratio, double goal) {}

  /** Warms both up and times them in alternating rounds of about {@code seconds} each. */
  public Outcome run(double seconds, int rounds) {
    Runnable ours = fused.get();
    Runnable theirs = rival.get();
    int ourRepeats = repeats(ours, seconds);
    int theirRepeats = repeats(theirs, seconds);
    double[] a = new double[rounds];
    double[] b = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      a[round] = time(ours, ourRepeats);
      b[round] = time(theirs, theirRepeats);
      ratios[round] = a[round] / b[round];
    }
    return new Outcome(name, other, median(a), median(b), median(ratios), goal);
  }

  /** How many repeats fill a round, found while the JIT compiles. */
  private static int repeats(Runnable work, double seconds) {
    int repeats = 1;
    double spent = 0;
    double last = 0;
    while (spent < 8 * seconds || last * repeats < seconds / 2) {
      last = time(work, repeats);
      spent += last * repeats;
      repeats = (int) Math.clamp(seconds / last, 1L, repeats * 10L);
    }
    return repeats;
  }

  private static double time(Runnable work, int repeats) {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    return (System.nanoTime() - start) / 1e9 / repeats;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
