package org.notegrad.kernel.memory;

import java.util.concurrent.TimeUnit;

/**
 * Memory kept back for the time after a cell has filled the heap: enough to tell the person, and to
 * compile the cell that lets go of what fills it. The heap is the JVM's only one, and so is this.
 *
 * <p>While a cell runs it is held: whatever was given then would go to what fills the heap.
 */
public final class HeapReserve {

  // A person who fills the heap again before it was emptied gets the second.
  private static final int[] SIZES = {24 << 20, 12 << 20};

  // For when threads that a cell has left behind have got hold of all else.
  private static final int LAST_SIZE = 16 << 20;

  private static final long PLENTY = 72L << 20;
  private static final long ENOUGH = 12L << 20; // to compile a small cell

  // Several threads may run out of memory at the same moment: that is one need.
  private static final long SAME_NEED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final byte[][] KEPT = new byte[SIZES.length][];
  private static byte[] last;
  private static long releasedAt = System.nanoTime() - SAME_NEED_NANOS;
  private static volatile boolean held;
  private static boolean given; // since the last balance

  private HeapReserve() {}

  /** Keeps all of it until {@link #letGo}. Allocates nothing. */
  public static void hold() {
    held = true;
  }

  /** Permits its release: what might have filled the heap runs no more. Allocates nothing. */
  public static void letGo() {
    held = false;
  }

  /** Gives memory to whoever needs it now, unless it is held. Allocates nothing. */
  public static synchronized void release() {
    long now = System.nanoTime();
    if (held || now - releasedAt < SAME_NEED_NANOS) {
      return;
    }
    releaseNext(now);
  }

  private static boolean releaseNext(long now) {
    for (int i = 0; i < KEPT.length; i++) {
      if (KEPT[i] != null) {
        KEPT[i] = null;
        releasedAt = now;
        given = true;
        return true;
      }
    }
    return false;
  }

  /** Gives the last that there is; false if it was given before. Allocates nothing. */
  public static synchronized boolean releaseLast() {
    boolean some = last != null;
    last = null;
    given |= some;
    return some;
  }

  /**
   * Before a cell: where some was given, keeps it back again if there is plenty, and gives more if
   * there is next to nothing.
   */
  public static synchronized void balance() {
    if (isWhole()) {
      return;
    }
    if (free() < PLENTY) {
      System.gc(); // what a person has let go of may still be there
    }
    for (int i = KEPT.length - 1; i >= 0; i--) {
      if (KEPT[i] == null && free() > PLENTY) {
        KEPT[i] = new byte[SIZES[i]];
      }
    }
    if (last == null && free() > PLENTY) {
      last = new byte[LAST_SIZE];
    }
    if (free() < ENOUGH && !releaseNext(System.nanoTime())) {
      releaseLast();
    }
    given = false;
  }

  /**
   * After a cell, if some was given meanwhile: the same, for what sends the result may lose a
   * message where memory runs out.
   */
  public static synchronized void balanceIfGiven() {
    if (given) {
      balance();
    }
  }

  private static boolean isWhole() {
    for (byte[] one : KEPT) {
      if (one == null) {
        return false;
      }
    }
    return last != null;
  }

  private static long free() {
    var runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
