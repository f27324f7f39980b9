package org.notegrad.kernel.jjava;

import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommFactory;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.comm.CommTarget;

/** Refuses what would speak to JJava's own sockets. */
final class HostComms extends CommManager {
  @Override
  public <T extends Comm> T openComm(String targetName, CommFactory<T> factory) {
    throw HostKernel.unsupported("openComm");
  }

  @Override
  public void registerTarget(String targetName, CommTarget target) {
    throw HostKernel.unsupported("registerTarget");
  }
}
