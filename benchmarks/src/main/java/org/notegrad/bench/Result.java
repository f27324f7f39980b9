package org.notegrad.bench;

/**
 * Medians over alternating rounds.
 *
 * @param seconds one repeat of the work, ours
 * @param peerSeconds one repeat of the peer's; NaN without a peer
 * @param ratio the median of the rounds' ratios, peer's time over ours: above 1 we are faster; NaN
 *     without a peer
 */
public record Result(
    String work,
    int threads,
    double size,
    String unit,
    double seconds,
    double peerSeconds,
    double ratio) {}
