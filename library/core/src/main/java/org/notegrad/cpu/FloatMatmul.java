// DoubleMatmul.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

/**
 * One float32 product on all threads. What a product is cut into, and where it is cut, changes no
 * bit of it: how it is computed depends on all of it, never on a part.
 */
final class FloatMatmul {
  /** Below this many multiply-adds a second thread costs more than it brings. */
  private static final int GRAIN = 1 << 18;

  /** Rows or columns that stay together: a multiple of every tile's and strip's. */
  private static final int UNIT = 96;

  /** So much of b is packed for all threads at a time. */
  private static final int SHARED = (8 << 20) / Float.BYTES;

  private FloatMatmul() {}

  static void run(FloatProduct x) {
    if (x.k() == 0) {
      fill(x);
    } else if (FloatDots.takes(x)) {
      split(x.n(), x.work(), (from, to) -> FloatDots.part(x, from, to));
    } else if (x.n() > x.m()) {
      split(x.n(), x.work(), (from, to) -> part(x, 0, x.m(), from, to));
    } else if (isShared(x)) {
      shared(x);
    } else {
      split(x.m(), x.work(), (from, to) -> part(x, from, to, 0, x.n()));
    }
  }

  private static void fill(FloatProduct x) {
    for (int i = 0; i < x.m(); i++) {
      for (int j = 0; j < x.n(); j++) {
        x.c()[x.index(i, j)] = x.bias() == null ? 0 : x.bias().get(0, j);
      }
    }
  }

  private static void part(FloatProduct x, int top, int bottom, int from, int to) {
    if (FloatSmall.takes(x)) {
      FloatSmall.part(x, top, bottom, from, to);
    } else {
      FloatGemm.part(x, top, bottom, from, to, 0, x.k());
    }
  }

  /** By units, if the work of several threads pays. */
  private static void split(int length, long work, Parallel.Part part) {
    int units = Math.ceilDiv(length, UNIT);
    long each = Math.max(1, work / Math.max(1, units));
    Parallel.forRange(
        units,
        (int) Math.max(1, GRAIN / each),
        (first, last) -> part.run(first * UNIT, Math.min(length, last * UNIT)));
  }

  private static boolean isShared(FloatProduct x) {
    return Parallel.threads() > 1
        && x.work() >= 2 * GRAIN
        && x.m() > UNIT
        && !(x.b() instanceof FloatPacked)
        && !FloatSmall.takes(x);
  }

  /** Blocks of b are packed by all threads, each for all. */
  private static void shared(FloatProduct x) {
    int width = Math.min(x.n(), SHARED / FloatGemm.K_BLOCK / UNIT * UNIT);
    int height = Math.max(1, SHARED / width / FloatGemm.K_BLOCK) * FloatGemm.K_BLOCK;
    for (int j = 0; j < x.n(); j += width) {
      int columns = Math.min(width, x.n() - j);
      int from = j;
      for (int p = 0; p < x.k(); p += height) {
        int first = p;
        int last = Math.min(x.k(), p + height);
        FloatPacked b = FloatScratch.get().shared(first, last - first, from, columns);
        b.fillTogether(x.b());
        FloatProduct packed = x.with(b);
        split(
            x.m(),
            (long) x.m() * columns * (last - first),
            (top, bottom) ->
                FloatGemm.part(packed, top, bottom, from, from + columns, first, last));
      }
    }
  }
}
