package org.notegrad.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Storage;

/**
 * A second device: memory outside the Java heap, and the plain loops. It refuses storages that are
 * not its own, so that every place that takes a tensor for one on the heap shows.
 */
public final class NativeBackend extends Staging {
  public static final Device DEVICE = new Device("native", 0);

  /** For {@code ServiceLoader}. */
  public NativeBackend() {
    super(new CpuBackend(new PlainKernels()));
  }

  private static final class NativeStorage extends Storage {
    private final Backend backend;
    private final MemorySegment memory;

    NativeStorage(Backend backend, DType dtype, long length) {
      super(dtype, length);
      this.backend = backend;
      memory = Arena.ofAuto().allocate(Math.max(1, length * dtype.bytes()), 8);
    }

    @Override
    public Backend backend() {
      return backend;
    }
  }

  @Override
  public Device device() {
    return DEVICE;
  }

  @Override
  public String describe() {
    return "native: plain loops over memory outside the Java heap, for tests";
  }

  @Override
  public Storage allocate(DType dtype, long length) {
    return new NativeStorage(this, dtype, length);
  }

  @Override
  public Storage fromArray(DType dtype, Object array) {
    Storage heap = worker().fromArray(dtype, array);
    Storage own = allocate(heap.dtype(), heap.length());
    leave(heap, own);
    return own;
  }

  @Override
  Storage enter(Storage own) {
    Storage heap = worker().allocate(own.dtype(), own.length());
    MemorySegment to = segment(heap);
    to.copyFrom(memory(own).asSlice(0, to.byteSize()));
    return heap;
  }

  @Override
  void leave(Storage copy, Storage own) {
    memory(own).copyFrom(segment(copy));
  }

  private MemorySegment memory(Storage storage) {
    if (storage instanceof NativeStorage own && own.backend == this) {
      return own.memory;
    }
    throw new IllegalArgumentException("a storage of " + storage.backend().describe());
  }

  /** The heap array behind a storage of the CPU, as a segment. */
  static MemorySegment segment(Storage heap) {
    return switch (CpuBackend.array(Operand.of(heap, org.notegrad.Shape.of()))) {
      case float[] array -> MemorySegment.ofArray(array);
      case double[] array -> MemorySegment.ofArray(array);
      case long[] array -> MemorySegment.ofArray(array);
      case int[] array -> MemorySegment.ofArray(array);
      case short[] array -> MemorySegment.ofArray(array);
      case byte[] array -> MemorySegment.ofArray(array);
      case Object array -> throw new IllegalArgumentException(array.getClass().toString());
    };
  }
}
