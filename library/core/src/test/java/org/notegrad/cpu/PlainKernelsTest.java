package org.notegrad.cpu;

import org.notegrad.backend.Backend;

/** The plain provider keeps the contract for operands that are not compact. */
class PlainKernelsTest extends BackendContract {
  private final Backend backend = new CpuBackend(new PlainKernels());

  @Override
  Backend backend() {
    return backend;
  }
}
