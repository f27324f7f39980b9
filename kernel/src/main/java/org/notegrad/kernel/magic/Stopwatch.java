package org.notegrad.kernel.magic;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.notegrad.kernel.magic.Timing.Steady;

/**
 * Measures repeated code in a JVM that compiles while it runs: samples are taken until the last
 * ones agree with those before and the compiler rests; only then does measuring begin.
 */
final class Stopwatch {
  private static final long SAMPLE_NANOS = 20_000_000;
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long LEAST_WARM_UP_NANOS = 300_000_000;
  private static final long MEASURE_NANOS = 1_000_000_000L;
  private static final int WINDOW = 5;
  private static final double AGREEMENT = 0.03;
  private static final long SLOW_NANOS = 500_000_000;
  private static final int MOST_SAMPLES = 50;

  private final Repeated code;
  private final long runs;
  private final int samples;
  private final List<Double> warmUp = new ArrayList<>();

  /**
   * A stopwatch for some code.
   *
   * @param runs runs in a sample, or 0 for as many as make a good sample
   * @param samples how many count, or 0 for as many as a second has room for
   */
  Stopwatch(Repeated code, long runs, int samples) {
    this.code = code;
    this.runs = runs;
    this.samples = samples;
  }

  Timing measure() throws Throwable {
    long started = System.nanoTime();
    long perSample = runs > 0 ? runs : calibrate();
    while (true) {
      var steady = warmUp(perSample, started);
      long warmUpNanos = System.nanoTime() - started;
      if (runs == 0) {
        perSample = runsFor(Timing.medianOfLast(warmUp, WINDOW));
      }
      var timing = measure(perSample, warmUpNanos, steady);
      if (steady == Steady.NO || !timing.drifts()) {
        return timing;
      }
      // The compiler had not been done: what was measured was warming up.
      warmUp.addAll(timing.nanosPerRun());
      perSample = runs > 0 ? runs : runsFor(Timing.medianOfLast(warmUp, WINDOW));
    }
  }

  private Timing measure(long perSample, long warmUpNanos, Steady steady) throws Throwable {
    double expected = Timing.medianOfLast(warmUp, WINDOW) * perSample;
    int count = samples > 0 ? samples : samplesFor(expected);
    var taken = new ArrayList<Double>(count);
    long bytes = allocated();
    for (int i = 0; i < count; i++) {
      taken.add(sample(perSample));
    }
    double each = bytes < 0 ? -1 : (double) (allocated() - bytes) / ((double) count * perSample);
    Repeated.Kept.clear();
    return new Timing(taken, perSample, List.copyOf(warmUp), warmUpNanos, steady, each);
  }

  private static int samplesFor(double sampleNanos) {
    long most = (long) (MEASURE_NANOS / sampleNanos);
    return Math.clamp(most, sampleNanos < SLOW_NANOS ? 5 : 3, MOST_SAMPLES);
  }

  private static long runsFor(double nanosPerRun) {
    return Math.max(1, Math.round(SAMPLE_NANOS / Math.max(nanosPerRun, 1e-3)));
  }

  /** Finds how many runs make a sample, by doubling. */
  private long calibrate() throws Throwable {
    long times = 1;
    while (true) {
      double each = sample(times);
      warmUp.add(each);
      if (each * times >= SAMPLE_NANOS / 2.0) {
        return runsFor(each);
      }
      times *= 2;
    }
  }

  private Steady warmUp(long perSample, long started) throws Throwable {
    long compiling = compileMillis();
    while (true) {
      long now = System.nanoTime() - started;
      if (isSteady() && now > LEAST_WARM_UP_NANOS && compileMillis() == compiling) {
        return Steady.YES;
      }
      if (now > WARM_UP_NANOS && !warmUp.isEmpty()) {
        return Steady.NO;
      }
      compiling = compileMillis();
      warmUp.add(sample(perSample));
    }
  }

  private boolean isSteady() {
    if (warmUp.size() < 2 * WINDOW) {
      return false;
    }
    double last = Timing.medianOfLast(warmUp, WINDOW);
    double before = Timing.medianOfLast(warmUp.subList(0, warmUp.size() - WINDOW), WINDOW);
    return Math.abs(last - before) <= AGREEMENT * before;
  }

  /** Nanoseconds for each of some runs. */
  private double sample(long times) throws Throwable {
    if (Thread.interrupted()) {
      throw new InterruptedException("the timing was interrupted");
    }
    long start = System.nanoTime();
    code.run(times);
    return (double) (System.nanoTime() - start) / times;
  }

  private static long compileMillis() {
    var compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : compiler.getTotalCompilationTime();
  }

  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
