package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.ArgOp;

/** Where the first extreme of integers or of bool is. */
final class LongArgs implements Partials {
  private final ArgOp op;
  private final LongElements x;
  private final long[] out;
  private final long[] best;
  private final int[] places;

  LongArgs(ArgOp op, LongElements x, long[] out, int count) {
    this.op = op;
    this.x = x;
    this.out = out;
    best = new long[count];
    places = new int[count];
    clear(0, count);
  }

  @Override
  public void clear(int from, int to) {
    Arrays.fill(places, from, to, NOWHERE);
  }

  @Override
  public void rows(int at, int rowStep, int rows, int step, int n, int first, int to) {
    long[] block = LongElements.scratch();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i += LongElements.BLOCK) {
        int length = Math.min(LongElements.BLOCK, n - i);
        x.read(at + row * rowStep + i * step, step, block, length);
        int place = 0;
        for (int j = 1; j < length; j++) {
          place = better(block[j], block[place]) ? j : place;
        }
        join(block[place], first + i + place, to + row);
      }
    }
  }

  @Override
  public void columns(int at, int rowStep, int rows, int n, int first, int together, int to) {
    int results = n / together;
    long[] row = LongElements.scratch();
    for (int i = 0; i < rows; i++) {
      x.read(at + i * rowStep, 1, row, n);
      for (int j = 0; j < n; j++) {
        join(row[j], first + i * together + j / results, to + j);
      }
    }
  }

  @Override
  public void join(int from, int to) {
    join(best[from], places[from], to);
  }

  /** Of equal ones the first wins, in whatever order they come. */
  private void join(long value, int place, int to) {
    boolean nothing = places[to] == NOWHERE;
    boolean earlier = value == best[to] && place < places[to];
    if (nothing || earlier || better(value, best[to])) {
      best[to] = value;
      places[to] = place;
    }
  }

  private boolean better(long value, long than) {
    return switch (op) {
      case ARGMAX -> value > than;
      case ARGMIN -> value < than;
    };
  }

  @Override
  public void store(int from, int n, int outAt, int outStep) {
    for (int i = 0; i < n; i++) {
      out[outAt + i * outStep] = places[from + i];
    }
  }
}
