package org.notegrad.bench;

/** One side of the comparison. */
interface Side extends AutoCloseable {
  /** Who it is, with its version. */
  String describe();

  /** The seconds that {@code repeats} of a work take on {@code threads} threads. */
  double seconds(Work work, int threads, int repeats);

  @Override
  void close();
}
