package org.notegrad.cpu;

import org.notegrad.backend.Backend;

/** The vector provider keeps the contract. The build's tests run with its module. */
class VectorKernelsTest implements BackendContract {
  private final Backend backend = new CpuBackend(new VectorKernels());

  @Override
  public Backend backend() {
    return backend;
  }
}
