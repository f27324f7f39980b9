package org.notegrad.kernel.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.notegrad.kernel.channel.KernelThread;

/**
 * Ends what keeps the JVM collecting garbage without end: a heap that is so full that each
 * collection frees next to nothing, or a loop that catches {@link OutOfMemoryError} and goes on.
 * First the running cell is stopped. Where none runs, the threads that cells have left behind are
 * stopped. Where that does not help, the kernel's own threads get the last of the reserve. If they
 * still find no memory, the process ends and says why; its client starts a new one.
 *
 * <p>The limits are near the JVM's own GCTimeLimit, which ends an allocation, but not what goes on
 * with the next one. From its second look on the watch needs no memory.
 */
public final class MemoryWatch {

  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int TRIES = 2;
  private static final double MOST_COLLECTING = 0.9;
  private static final double FULL = 0.9;

  // Not while the kernel starts, and well before a first cell can have filled the heap: the first
  // look loads classes, and where no memory is left this thread would end with it.
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Pattern OLD_GENERATION =
      Pattern.compile(".*(Tenured|Old|ZHeap|Shenandoah).*");

  private final BooleanSupplier stop;
  private final Runnable giveUp;
  private List<GarbageCollectorMXBean> collectors = List.of();
  private List<MemoryPoolMXBean> oldGenerations = List.of();
  private int inVain; // times that nothing was left to do about it
  private boolean tight;
  private long tightSince;
  private long collectingBefore;

  private MemoryWatch(BooleanSupplier stop, Runnable giveUp) {
    this.stop = stop;
    this.giveUp = giveUp;
  }

  /**
   * Starts to watch.
   *
   * @param stop stops the running cell, or else the threads that cells have left, without needing
   *     memory; says whether a cell runs that it had not stopped before
   * @param giveUp ends the process, without needing memory
   */
  public static void start(BooleanSupplier stop, Runnable giveUp) {
    var watch = new MemoryWatch(stop, giveUp);
    new KernelThread("notegrad-memory", Enduring.loop(watch::watch)).start();
  }

  private void watch() {
    if (oldGenerations.isEmpty()) {
      begin();
    }
    while (true) {
      Enduring.pause(TURN_NANOS);
      look();
    }
  }

  private void begin() {
    Enduring.pause(FIRST_LOOK_NANOS);
    collectors = ManagementFactory.getGarbageCollectorMXBeans();
    oldGenerations =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> OLD_GENERATION.matcher(pool.getName()).matches())
            .toList();
    isTight();
    collectingMillis();
  }

  private void look() {
    if (!isTight()) {
      tight = false;
      inVain = 0;
      return;
    }
    long now = System.nanoTime();
    if (!tight) {
      tightSince = now;
      collectingBefore = collectingMillis();
      tight = true;
    } else if (now - tightSince > PATIENCE_NANOS) {
      double spent = TimeUnit.MILLISECONDS.toNanos(collectingMillis() - collectingBefore);
      tight = false;
      if (spent > MOST_COLLECTING * (now - tightSince)) {
        relieve();
      }
    }
  }

  private void relieve() {
    if (stop.getAsBoolean() || HeapReserve.releaseLast()) {
      inVain = 0;
    } else if (++inVain == TRIES) {
      giveUp.run();
    }
  }

  /** Whether the last collection has left the old generation full. */
  private boolean isTight() {
    try {
      for (int i = 0; i < oldGenerations.size(); i++) { // an iterator may find no room
        var usage = oldGenerations.get(i).getCollectionUsage();
        if (usage != null && usage.getUsed() > FULL * usage.getMax()) {
          return true;
        }
      }
      return false;
    } catch (OutOfMemoryError e) {
      HeapReserve.release();
      return true;
    }
  }

  private long collectingMillis() {
    long sum = 0;
    for (int i = 0; i < collectors.size(); i++) {
      sum += collectors.get(i).getCollectionTime();
    }
    return sum;
  }
}
