package org.notegrad;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Philox;
import org.notegrad.ops.Checks;
import org.notegrad.ops.Types;

/**
 * A stream of random numbers. Numbers are a function of the seed and their place in the stream
 * (Philox), so the same seed gives the same numbers whatever the number of threads.
 *
 * <p>{@link Tensor#rand}, layers' starting values and whatever else is random draw from the {@link
 * #current()} stream: the global one, or inside {@link #during} another. So ranks in threads of
 * their own each have one:
 *
 * <pre>{@code
 * new Generator(7).split(rank).during(() -> train(rank));
 * }</pre>
 */
public final class Generator {
  private static final Generator GLOBAL = new Generator(0);
  private static final ScopedValue<Generator> CURRENT = ScopedValue.newInstance();

  /** The upper half of the counters that seeds of other streams come from; draws have 0 there. */
  private static final long BY_NUMBER = 1;

  private static final long BY_NAME = 2;

  /**
   * A place in a stream.
   *
   * @param offset how many counters, of four 32-bit words each, have been drawn from
   */
  public record State(long seed, long offset) {
    /** Refuses an offset below 0. */
    public State {
      if (offset < 0) {
        throw new NotegradException("State", "offset %d; 0 or more expected", offset);
      }
    }
  }

  private long seed;
  private long offset;

  /** The stream of {@code seed}, from its start. */
  public Generator(long seed) {
    this.seed = seed;
  }

  /** The stream that is drawn from outside of {@link #during}. It starts at seed 0. */
  public static Generator global() {
    return GLOBAL;
  }

  /** The stream that {@link Tensor#rand} and its kin draw from, here and now. */
  public static Generator current() {
    return CURRENT.orElse(GLOBAL);
  }

  /**
   * What {@code body} returns; random numbers on this thread are drawn from this stream meanwhile.
   * Threads that the body starts have the global one.
   */
  public <T> T during(Supplier<T> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }

  /** As {@link #during(Supplier)}, without a result. */
  public void during(Runnable body) {
    ScopedValue.where(CURRENT, this).run(body);
  }

  /**
   * A stream of its own for part {@code number} of a computation, as a rank or an epoch. It depends
   * on this stream's seed alone, and not on what has been drawn.
   */
  public Generator split(long number) {
    return split(BY_NUMBER, number);
  }

  /** A stream of its own for the part called {@code name}, as {@link #split(long)}. */
  public Generator split(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b & 0xff) * 0x100000001b3L;
    }
    return split(BY_NAME, hash);
  }

  private Generator split(long kind, long which) {
    int[] words = new int[4];
    Philox.words(state().seed(), which, kind, words, 0);
    return new Generator(words[0] & 0xFFFFFFFFL | (long) words[1] << 32);
  }

  /** Where the next number will be drawn from. */
  public synchronized State state() {
    return new State(seed, offset);
  }

  /** Goes on where {@code state} was taken. */
  public synchronized void setState(State state) {
    seed = state.seed();
    offset = state.offset();
  }

  /** Goes to the start of the stream of {@code seed}. */
  public synchronized void manualSeed(long seed) {
    this.seed = seed;
    offset = 0;
  }

  /** Fills {@code out} with the stream's next numbers. Returns out. */
  public Tensor fill(Distribution distribution, Tensor out) {
    Checks.given("fill", "distribution", distribution);
    Checks.given("fill", "tensor", out);
    boolean takes =
        switch (distribution) {
          case Distribution.Uniform _, Distribution.Normal _ -> out.dtype().isFloating();
          case Distribution.Integers(long low, long high) ->
              out.dtype().isInteger()
                  && Types.holds(out.dtype(), low)
                  && Types.holds(out.dtype(), high - 1);
        };
    if (!takes) {
      throw new NotegradException("fill", "%s can't be drawn in %s", distribution, out.dtype());
    }
    long words = out.numel() * Math.max(1, out.dtype().wide().bytes() / Integer.BYTES);
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
