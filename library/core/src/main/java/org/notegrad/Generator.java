package org.notegrad;

import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Philox;

/**
 * A stream of random numbers. Numbers are a function of the seed and their place in the stream
 * (Philox), so the same seed gives the same numbers whatever the number of threads.
 */
public final class Generator {
  private static final Generator GLOBAL = new Generator(0);

  private long seed;
  private long offset;

  /** The stream of {@code seed}, from its start. */
  public Generator(long seed) {
    this.seed = seed;
  }

  /** The stream behind {@link Tensor#rand} and its kin. It starts at seed 0. */
  public static Generator global() {
    return GLOBAL;
  }

  /** Goes to the start of the stream of {@code seed}. */
  public synchronized void manualSeed(long seed) {
    this.seed = seed;
    offset = 0;
  }

  /** Fills {@code out} with the stream's next numbers. Returns out. */
  public Tensor fill(Distribution distribution, Tensor out) {
    long words = out.numel() * (out.dtype() == DType.FLOAT32 ? 1 : 2);
    long seedNow;
    long from;
    synchronized (this) {
      seedNow = seed;
      from = reserve(words);
    }
    Tensor drawn = out.isContiguous() ? out : Tensor.zerosLike(out);
    Operand to = Operand.of(drawn);
    to.backend().random(distribution, seedNow, from, to);
    if (drawn != out) {
      to.backend().copy(to, Operand.of(out));
    }
    Operand.of(out).storage().bumpVersion();
    return out;
  }

  /** {@code 0, ..., n - 1} in random order, each order as likely (Fisher and Yates). */
  public synchronized long[] permutation(int n) {
    if (n < 0) {
      throw new NotegradException("permutation", "%d numbers; 0 or more expected", n);
    }
    long from = reserve(2L * n);
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      long word = Philox.word64(seed, from, i);
      int j = (int) Math.unsignedMultiplyHigh(word, i + 1L);
      long swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /** Takes the counters that {@code words} 32-bit words fill, and returns the first. */
  private long reserve(long words) {
    long first = offset;
    offset += (words + 3) / 4;
    return first;
  }
}
