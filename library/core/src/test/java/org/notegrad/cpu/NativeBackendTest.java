package org.notegrad.cpu;

import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Storage;

/** The second device keeps the contract: what is on the heap goes there for each call, and back. */
class NativeBackendTest implements BackendContract {
  private final Backend backend = new Mirror();

  @Override
  public Backend backend() {
    return backend;
  }

  /** Takes operands on the heap, and has the work done on the second device. */
  private static final class Mirror extends Staging {
    private final CpuBackend heap = new CpuBackend(new PlainKernels());

    Mirror() {
      super(new NativeBackend());
    }

    @Override
    public Device device() {
      return Device.CPU;
    }

    @Override
    public String describe() {
      return "mirror of " + worker().describe();
    }

    @Override
    public Storage allocate(DType dtype, long length) {
      return heap.allocate(dtype, length);
    }

    @Override
    public Storage fromArray(DType dtype, Object array) {
      return heap.fromArray(dtype, array);
    }

    @Override
    Storage enter(Storage own) {
      Storage there = worker().allocate(own.dtype(), own.length());
      ((NativeBackend) worker()).leave(own, there);
      return there;
    }

    @Override
    void leave(Storage copy, Storage own) {
      Storage back = ((NativeBackend) worker()).enter(copy);
      NativeBackend.segment(own).copyFrom(NativeBackend.segment(back));
    }
  }
}
