package org.notegrad.backend;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many threads want to compute: those that do now, and how much of the time others have done so
 * lately. Time spent computing is forgotten by half about every 7 ms, so that what is left tells a
 * share of the last moments: a thread that computes for 0.1 ms every 5 ms has one of 2 %, one that
 * does nothing else nearly 100 %.
 */
final class Demand {
  /** The time in which what is remembered falls to 1 / e. */
  private static final double MEMORY_NANOS = 10e6;

  /** What one thread has computed. */
  final class Caller {
    private boolean inside;
    private long since;
    private double busy;
    private long busyAt = System.nanoTime();

    /** Whether this thread computes a range already. */
    boolean isInside() {
      return inside;
    }

    /** For a worker: whatever it calls, it calls from inside a range. */
    void stayInside() {
      inside = true;
    }
  }

  private final ThreadLocal<Caller> callers = ThreadLocal.withInitial(Caller::new);
  private final AtomicInteger computing = new AtomicInteger();
  private double busy;
  private long busyAt = System.nanoTime();

  /** This thread. */
  Caller caller() {
    return callers.get();
  }

  /** Notes that a thread begins to compute; returns how many others count as busy. */
  int enter(Caller me) {
    me.inside = true;
    int others = computing.getAndIncrement();
    me.since = System.nanoTime();
    return Math.max(others, (int) Math.round(othersShare(me, me.since)));
  }

  /** How many threads' whole time the others have computed lately. */
  private synchronized double othersShare(Caller me, long now) {
    double all = busy * kept(busyAt, now);
    double mine = me.busy * kept(me.busyAt, now);
    return (all - mine) / MEMORY_NANOS;
  }

  /** Notes that a thread has done. */
  void leave(Caller me) {
    long now = System.nanoTime();
    computing.decrementAndGet();
    me.inside = false;
    add(me, now);
  }

  private synchronized void add(Caller me, long now) {
    double more = remembered(now - me.since);
    busy = busy * kept(busyAt, now) + more;
    busyAt = now;
    me.busy = me.busy * kept(me.busyAt, now) + more;
    me.busyAt = now;
  }

  /** What is left now of a time that has just passed. */
  private static double remembered(long nanos) {
    return MEMORY_NANOS * -Math.expm1(-nanos / MEMORY_NANOS);
  }

  private static double kept(long from, long now) {
    return Math.exp(-(now - from) / MEMORY_NANOS);
  }
}
