package org.notegrad.bench;

import org.notegrad.Notegrad;

/** Notegrad, in this process. */
final class Ours implements Side {
  private Work work;
  private Runnable repeat;

  @Override
  public String describe() {
    return "Notegrad (" + Notegrad.explain() + "), Java " + Runtime.version();
  }

  @Override
  public double seconds(Work wanted, int threads, int repeats) {
    Notegrad.setThreads(threads);
    if (work != wanted) {
      work = wanted;
      repeat = wanted.make().get();
    }
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      repeat.run();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    repeat = null;
  }
}
