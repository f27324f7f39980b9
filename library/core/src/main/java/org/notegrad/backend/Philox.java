package org.notegrad.backend;

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011): four 32-bit words from a 64-bit key and a counter, of
 * which the lower 64 bits are used here.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** Writes the four words of {@code counter} to {@code out} from {@code at} on. */
  public static void words(long key, long counter, int[] out, int at) {
    words(key, counter, 0, out, at);
  }

  /** As {@link #words(long, long, int[], int)}, with the upper 64 bits of the counter. */
  public static void words(long key, long counter, long upper, int[] out, int at) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) upper;
    int c3 = (int) (upper >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[at] = c0;
    out[at + 1] = c1;
    out[at + 2] = c2;
    out[at + 3] = c3;
  }

  /** The {@code index}-th 64-bit word from counter {@code offset} on. */
  public static long word64(long key, long offset, long index) {
    int[] words = new int[4];
    words(key, offset + index / 2, words, 0);
    int at = (int) (index % 2) * 2;
    return words[at] & 0xFFFFFFFFL | (long) words[at + 1] << 32;
  }
}
