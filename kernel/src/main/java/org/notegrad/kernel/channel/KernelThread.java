package org.notegrad.kernel.channel;

/**
 * A thread of the kernel's own. It can't be interrupted: a cell may interrupt every thread that it
 * finds, and an interrupt would close the sockets.
 */
public final class KernelThread extends Thread {
  public KernelThread(String name, Runnable work) {
    super(null, work, name, 0, false);
    setDaemon(true);
  }

  @Override
  public void interrupt() {
    // Asked for by nobody who may.
  }
}
