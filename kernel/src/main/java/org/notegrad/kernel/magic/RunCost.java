package org.notegrad.kernel.magic;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.notegrad.kernel.eval.RunMeter;

/**
 * What runs of code have cost.
 *
 * @param wallNanos by the clock
 * @param cpuNanos of all threads of the process, the JVM's own included
 * @param bytes allocated by all threads
 */
record RunCost(long wallNanos, long cpuNanos, long bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static RunCost now() {
    return new RunCost(
        System.nanoTime(), SYSTEM.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes());
  }

  private RunCost minus(RunCost other) {
    return new RunCost(wallNanos - other.wallNanos, cpuNanos - other.cpuNanos, bytes - other.bytes);
  }

  private RunCost plus(RunCost other) {
    return new RunCost(wallNanos + other.wallNanos, cpuNanos + other.cpuNanos, bytes + other.bytes);
  }

  /** Adds up runs. */
  static final class Meter implements RunMeter {
    private RunCost sum = new RunCost(0, 0, 0);
    private RunCost start;

    @Override
    public void started() {
      start = now();
    }

    @Override
    public void ended() {
      sum = sum.plus(now().minus(start));
    }

    RunCost sum() {
      return sum;
    }
  }
}
