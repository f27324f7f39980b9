package org.notegrad.kernel.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.notegrad.kernel.channel.KernelThread;

/**
 * Ends what keeps the JVM collecting garbage without end: a heap that is so full that each
 * collection frees next to nothing, or a loop that catches {@link OutOfMemoryError} and goes on.
 * The limits are near those of the parallel collector's GCTimeLimit; G1, on which the kernel runs,
 * has none.
 */
public final class MemoryWatch {

  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double MOST_COLLECTING = 0.9;
  private static final double FULL = 0.9;

  // Not while the kernel starts, and well before a first cell can have filled the heap: the first
  // look loads classes, and where no memory is left this thread would end with it.
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Pattern OLD_GENERATION =
      Pattern.compile(".*(Tenured|Old|ZHeap|Shenandoah).*");

  private final Runnable stop;
  private List<GarbageCollectorMXBean> collectors = List.of();
  private List<MemoryPoolMXBean> oldGenerations = List.of();
  private boolean tight;
  private long tightSince;
  private long collectingBefore;

  private MemoryWatch(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Starts to watch.
   *
   * @param stop stops the running cell, if there is one
   */
  public static void start(Runnable stop) {
    var watch = new MemoryWatch(stop);
    new KernelThread("notegrad-memory", Enduring.loop(watch::watch)).start();
  }

  private void watch() {
    Enduring.pause(FIRST_LOOK_NANOS);
    collectors = ManagementFactory.getGarbageCollectorMXBeans();
    oldGenerations =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> OLD_GENERATION.matcher(pool.getName()).matches())
            .toList();
    isTight();
    while (true) {
      Enduring.pause(TURN_NANOS);
      look();
    }
  }

  private void look() {
    if (!isTight()) {
      tight = false;
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
        Enduring.run(stop);
      }
    }
  }

  /** Whether the last collection has left the old generation full. */
  private boolean isTight() {
    try {
      for (var pool : oldGenerations) {
        var usage = pool.getCollectionUsage();
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
    for (int i = 0; i < collectors.size(); i++) { // an iterator may find no room
      sum += collectors.get(i).getCollectionTime();
    }
    return sum;
  }
}
