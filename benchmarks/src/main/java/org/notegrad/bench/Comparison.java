package org.notegrad.bench;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Times one work on both sides: warm-up, then rounds in which each side runs in turn, so that what
 * else the machine does meets both alike.
 *
 * @param warmUp seconds, each side
 * @param round seconds, each side
 * @param peer null to time Notegrad alone
 */
record Comparison(Side ours, Side peer, double warmUp, double round, int rounds) {
  Result run(Work work, int threads) {
    int repeats = repeats(ours, work, threads);
    int peerRepeats = peer == null ? 0 : repeats(peer, work, threads);
    double[] times = new double[rounds];
    double[] peerTimes = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      times[i] = seconds(ours, work, threads, repeats);
      peerTimes[i] = peer == null ? Double.NaN : seconds(peer, work, threads, peerRepeats);
      ratios[i] = peerTimes[i] / times[i];
    }
    return new Result(
        work.name(),
        threads,
        work.size(),
        work.unit(),
        median(times),
        median(peerTimes),
        median(ratios));
  }

  /** One repeat's seconds, taken when the threads of the other side no longer spin. */
  private static double seconds(Side side, Work work, int threads, int repeats) {
    LockSupport.parkNanos(50_000_000);
    return side.seconds(work, threads, repeats) / repeats;
  }

  /** Warms up, and finds how many repeats fill a round. */
  private int repeats(Side side, Work work, int threads) {
    double spent = 0;
    double last = 0;
    int repeats = 1;
    while (spent < warmUp || last < round / 2) {
      last = side.seconds(work, threads, repeats);
      spent += last;
      if (last < round / 2) {
        repeats = (int) Math.clamp(round / Math.max(last, 1e-9) * repeats, 1L, repeats * 10L);
      }
    }
    return repeats;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
