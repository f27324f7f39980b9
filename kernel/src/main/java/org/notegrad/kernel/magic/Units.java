package org.notegrad.kernel.magic;

import java.util.Locale;

/** Measured numbers as people read them. */
final class Units {
  private Units() {}

  /** Three digits and a unit: 1.23 ns, 45.6 us (with a micro sign), 789 ms, 1.23 s, 2 min 3 s. */
  static String time(double nanos) {
    if (nanos < 999.5) {
      return digits(nanos) + " ns";
    }
    if (nanos < 999.5e3) {
      return digits(nanos / 1e3) + " \u00b5s";
    }
    if (nanos < 999.5e6) {
      return digits(nanos / 1e6) + " ms";
    }
    if (nanos < 60e9) {
      return digits(nanos / 1e9) + " s";
    }
    long seconds = Math.round(nanos / 1e9);
    return seconds / 60 + " min " + seconds % 60 + " s";
  }

  /** 784 B, 16.0 KiB, 1.50 MiB. */
  static String bytes(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double left = bytes;
    while (left >= 1000 && unit < units.length - 1) {
      left /= 1024;
      unit++;
    }
    return (unit == 0 ? String.valueOf(Math.round(left)) : digits(left)) + " " + units[unit];
  }

  private static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
