package org.notegrad.viz;

import java.util.List;

/**
 * The colours of all views. Lines and text of pictures keep at least 3:1 contrast (the middle grey
 * more than 4:1) on white and on the dark themes' #111, since a picture can't follow the page's
 * theme. Blue stands for positive, orange for negative, pale for near zero: a pair that all common
 * colour blindnesses tell apart.
 */
final class Palette {
  /** Text and axes of pictures. */
  static final String INK = "#7b7f87";

  /** Something is wrong here: a failing layer, a loss that is not finite. */
  static final String ALARM = "#e0344b";

  /** Lines, in the order of use; told apart with common colour blindnesses. */
  static final List<String> LINES =
      List.of("#2b83d9", "#e0700f", "#0f9d78", "#b565c9", "#b08a00", "#d9577d", "#4aa3b5");

  static final String POSITIVE = LINES.get(0);
  static final String NEGATIVE = LINES.get(1);

  private static final int[] UP = {0xf4f6f8, 0xc9def1, 0x8dbce4, 0x4a92d1, 0x1c66b0, 0x0a3d78};
  private static final int[] DOWN = {0xf4f6f8, 0xf8dcbc, 0xf2b477, 0xdf8230, 0xb45a0c, 0x74360a};

  private Palette() {}

  /** From pale (0) to deep blue (1). */
  static int positive(double share) {
    return ramp(UP, share);
  }

  /** From deep orange (-1) over pale (0) to deep blue (1). */
  static int diverging(double share) {
    return share < 0 ? ramp(DOWN, -share) : ramp(UP, share);
  }

  /** A translucent tint that leaves the page's text readable on top, for shares from -1 to 1. */
  static String tint(double share) {
    long alpha = Math.round(Math.min(1, Math.abs(share)) * 62);
    return (share < 0 ? "rgba(224,112,15,." : "rgba(43,131,217,.")
        + (alpha < 10 ? "0" : "")
        + alpha
        + ")";
  }

  private static int ramp(int[] stops, double share) {
    double at = Math.clamp(share, 0, 1) * (stops.length - 1);
    int i = Math.min((int) at, stops.length - 2);
    double part = at - i;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double low = stops[i] >> shift & 0xff;
      double high = stops[i + 1] >> shift & 0xff;
      rgb |= (int) Math.round(low + (high - low) * part) << shift;
    }
    return rgb;
  }
}
