package org.notegrad.kernel;

/**
 * Memory kept back for the time after a cell has filled the heap: enough to tell the person, and to
 * compile the cell that lets go of what fills it.
 */
final class HeapReserve {
  private static final int BYTES = 24 << 20;

  private byte[] kept = new byte[BYTES];

  /** Gives the memory to whoever needs it now. */
  void release() {
    kept = null;
  }

  /** Keeps memory back again, once there is plenty. */
  void restore() {
    var runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    if (kept == null && free > 3L * BYTES) {
      kept = new byte[BYTES];
    }
  }
}
