package org.notegrad.viz;

/**
 * How values become colours: around zero when some are negative, else from zero or, where all lie
 * far above it, from the least value.
 *
 * @param low the value of share 0 (of share -1 when {@code diverging})
 */
record Colours(boolean diverging, double low, double high) {
  /** Shades of a map; the three after them are for NaN and the infinities. */
  static final int LEVELS = 96;

  static final int NAN = 0xe100b4;
  static final int POSITIVE_INFINITY = 0x00c8d7;
  static final int NEGATIVE_INFINITY = 0xf5d800;

  static Colours of(Stats stats) {
    if (stats.finite() == 0) {
      return new Colours(false, 0, 1);
    }
    if (stats.min() < 0) {
      return new Colours(true, -stats.magnitude(), stats.magnitude());
    }
    double low = stats.min() > stats.max() / 2 && stats.min() < stats.max() ? stats.min() : 0;
    return new Colours(false, low, stats.max());
  }

  /** From 0 to 1, or from -1 to 1 around zero; not clamped. */
  double share(double value) {
    if (diverging) {
      return high == 0 ? 0 : value / high;
    }
    return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0;
  }

  /** The index of a value's colour in {@link #palette}. */
  byte index(double value) {
    if (Double.isFinite(value)) {
      double unit = diverging ? (share(value) + 1) / 2 : share(value);
      return (byte) Math.round(Math.clamp(unit, 0, 1) * (LEVELS - 1));
    }
    return (byte) (Double.isNaN(value) ? LEVELS : value > 0 ? LEVELS + 1 : LEVELS + 2);
  }

  int[] palette() {
    var palette = new int[LEVELS + 3];
    for (int i = 0; i < LEVELS; i++) {
      double unit = i / (LEVELS - 1.0);
      palette[i] = diverging ? Palette.diverging(2 * unit - 1) : Palette.positive(unit);
    }
    palette[LEVELS] = NAN;
    palette[LEVELS + 1] = POSITIVE_INFINITY;
    palette[LEVELS + 2] = NEGATIVE_INFINITY;
    return palette;
  }

  /** The tint of a table's cell. */
  String tint(double value) {
    if (Double.isNaN(value)) {
      return "rgba(225,0,180,.45)";
    }
    return Palette.tint(Double.isInfinite(value) ? Math.signum(value) : share(value));
  }
}
