package org.notegrad.kernel.values;

import java.math.BigDecimal;
import java.math.MathContext;

/** Values in the cells of tables: numbers in six digits, all else as its text. */
final class Cells {
  private static final int CHARS = 400;
  private static final MathContext DIGITS = new MathContext(6);

  private Cells() {}

  static String of(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Float number -> number(number);
      case null, default -> ValueText.of(value, CHARS);
    };
  }

  /** A number in six significant digits: 0.333333, 12, 1.5E-9. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    if (value == 0) {
      return "0";
    }
    var rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= -4 && exponent < 7 ? rounded.toPlainString() : rounded.toString();
  }
}
