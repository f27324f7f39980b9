package org.notegrad.fuzz;

/** Tells every ten seconds how far a run has come. */
final class Progress {
  private static final long EVERY = 10_000_000_000L;

  private final int total;
  private final long start = System.nanoTime();
  private long told = start;

  Progress(int total) {
    this.total = total;
  }

  void tell(int done, int differences) {
    long now = System.nanoTime();
    if (now - told > EVERY && done < total) {
      told = now;
      double seconds = (now - start) / 1e9;
      System.err.printf(
          "  %d of %d programs, %d differences, about %.0f s left%n",
          done, total, differences, seconds / done * (total - done));
    }
  }
}
