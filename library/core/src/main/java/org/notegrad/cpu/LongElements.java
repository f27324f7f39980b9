package org.notegrad.cpu;

/** Elements that int64 holds exactly, whatever their own type is. */
sealed interface LongElements {
  /** The most elements that are read at once. */
  int BLOCK = 2048;

  /** This thread's room for {@link #BLOCK} elements. */
  static long[] scratch() {
    return Scratch.OF_THREAD.get();
  }

  /** Reads {@code n} elements, {@code step} apart. */
  void read(int at, int step, long[] into, int n);

  void write(int at, long value);

  /** Of int64. */
  record Longs(long[] array) implements LongElements {
    @Override
    public void read(int at, int step, long[] into, int n) {
      if (step == 1) {
        System.arraycopy(array, at, into, 0, n);
        return;
      }
      for (int i = 0; i < n; i++) {
        into[i] = array[at + i * step];
      }
    }

    @Override
    public void write(int at, long value) {
      array[at] = value;
    }
  }

  /** Of bool: 0 or 1. */
  record Bytes(byte[] array) implements LongElements {
    @Override
    public void read(int at, int step, long[] into, int n) {
      for (int i = 0; i < n; i++) {
        into[i] = array[at + i * step];
      }
    }

    @Override
    public void write(int at, long value) {
      array[at] = (byte) value;
    }
  }

  /** Keeps the room out of the interface's constants, which are public. */
  final class Scratch {
    private static final ThreadLocal<long[]> OF_THREAD =
        ThreadLocal.withInitial(() -> new long[BLOCK]);

    private Scratch() {}
  }
}
