package org.notegrad.kernel.memory;

import java.util.concurrent.TimeUnit;

/**
 * Memory kept back for the time after a cell has filled the heap: enough to tell the person, and to
 * compile the cell that lets go of what fills it. The heap is the JVM's only one, and so is this.
 */
public final class HeapReserve {

  // A person who fills the heap again before it was emptied gets the second.
  private static final int[] SIZES = {24 << 20, 12 << 20};
  private static final long PLENTY = 72L << 20;

  // Several threads may run out of memory at the same moment: that is one need.
  private static final long SAME_NEED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final byte[][] KEPT = new byte[SIZES.length][];
  private static long releasedAt = System.nanoTime() - SAME_NEED_NANOS;

  private HeapReserve() {}

  /** Gives memory to whoever needs it now. Allocates nothing. */
  public static synchronized void release() {
    long now = System.nanoTime();
    if (now - releasedAt < SAME_NEED_NANOS) {
      return;
    }
    for (int i = 0; i < KEPT.length; i++) {
      if (KEPT[i] != null) {
        KEPT[i] = null;
        releasedAt = now;
        return;
      }
    }
  }

  /** Keeps memory back again, once there is plenty. */
  public static synchronized void restore() {
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
  }

  private static boolean isWhole() {
    for (byte[] one : KEPT) {
      if (one == null) {
        return false;
      }
    }
    return true;
  }

  private static long free() {
    var runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
