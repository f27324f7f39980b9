package org.notegrad.cpu;

import org.notegrad.backend.Backend;

/** The plain provider keeps the contract for operands that are not compact. */
class PlainKernelsTest implements BackendContract {
  private final Backend backend = new CpuBackend(new PlainKernels());

  @Override
  public Backend backend() {
    return backend;
  }
}
