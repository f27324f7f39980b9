package org.notegrad.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
  private static final String[] SI = {"", " k", " M", " G", " T", " P", " E"};
  private static final String[] IEC = {" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};

  private Numbers() {}

  /** At most {@code digits} significant digits: 0.1235, -12.35, 1.235e-7, nan, inf. */
  static String significant(double value, int digits) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return "0";
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return rounded.toPlainString();
    }
    return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }

  /** Four significant digits. */
  static String of(double value) {
    return significant(value, 4);
  }

  /** Every digit, grouped: 1,234,567. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Grouped below a hundred thousand, then three digits and a unit: 98,304 and 1.18 M. */
  static String shortCount(double value) {
    return value < 99_999.5 ? count(Math.round(value)) : scaled(value, 1000, SI);
  }

  /** In bytes below a KiB, then in binary units: 784 B, 16 KiB, 1.5 MiB. */
  static String bytes(double bytes) {
    return scaled(bytes, 1024, IEC);
  }

  private static String scaled(double value, int base, String[] units) {
    int unit = 0;
    while (value >= base && unit < units.length - 1) {
      value /= base;
      unit++;
    }
    return significant(value, value >= 1000 ? 4 : 3) + units[unit];
  }

  /** Rounded percentage; what is not zero is never "0%", what is not all never "100%". */
  static String percent(double share) {
    if (share > 0 && share < 0.005) {
      return "<1%";
    }
    if (share < 1 && share > 0.995) {
      return ">99%";
    }
    return Math.round(share * 100) + "%";
  }

  /** 0.4 s, 12 s, 3:05 or 1:02:03. */
  static String duration(double seconds) {
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
