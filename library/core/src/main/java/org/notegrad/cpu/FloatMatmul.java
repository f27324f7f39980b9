// DoubleMatmul.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.Parallel;

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

  /** For more rows than these, turning b takes a small part of the time. */
  private static final int TURNED = 128;

  private FloatMatmul() {}

  static void run(FloatProduct x) {
    if (x.k() == 0) {
      fill(x);
    } else if (FloatDots.takes(unpacked(x))) {
      FloatProduct unpacked = unpacked(x);
      split(x.n(), x.work(), (from, to) -> FloatDots.part(unpacked, from, to));
    } else if (isTurned(x)) {
      turned(x);
    } else if (x.n() > x.m()) {
      split(x.n(), x.work(), (from, to) -> part(x, 0, x.m(), from, to));
    } else if (isShared(x)) {
      shared(x);
    } else {
      split(x.m(), x.work(), (from, to) -> part(x, from, to, 0, x.n()));
    }
  }

  /** Whether b has columns in one piece, and more of them than a and c could be turned for. */
  private static boolean isTurned(FloatProduct x) {
    return x.a() instanceof FloatStrides
        && x.b() instanceof FloatStrides b
        && b.rowStep() == 1
        && b.columnStep() != 1
        && x.m() <= TURNED
        && (long) x.m() * (x.k() + x.n()) < (long) x.n() * x.k();
  }

  /** {@code c = (bᵀ aᵀ)ᵀ + bias}: turns the smaller operand, and the result of each block of k. */
  private static void turned(FloatProduct x) {
    var a = (FloatStrides) x.a();
    var b = (FloatStrides) x.b();
    int size = x.m() * x.n();
    FloatScratch scratch = FloatScratch.get();
    for (int p = 0; p < x.k(); p += FloatGemm.K_BLOCK) {
      int depth = Math.min(FloatGemm.K_BLOCK, x.k() - p);
      float[] result = scratch.result(2 * size);
      FloatStrides left = b.from(p, 0).turned();
      FloatStrides right = a.from(0, p).turned();
      run(new FloatProduct(x.n(), x.m(), depth, left, right, null, result, 0, x.m()));
      if (p == 0) {
        FloatTranspose.transpose(result, 0, x.m(), x.n(), x.m(), x.c(), x.at(), x.row());
        if (x.bias() != null) {
          FloatScratch.add(x, scratch.bias(x, 0, x.n()), 0, 0);
        }
      } else {
        FloatTranspose.transpose(result, 0, x.m(), x.n(), x.m(), result, size, x.n());
        FloatScratch.add(x, result, size, x.n());
      }
    }
  }

  /** The product that a packed b came from, whose order of sums is its own too. */
  private static FloatProduct unpacked(FloatProduct x) {
    return x.b() instanceof FloatPacked packed ? x.with(packed.source()) : x;
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
        FloatPacked b = FloatScratch.get().shared(x.b(), first, last - first, from, columns);
        b.fillTogether();
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
