package org.notegrad.buildtools.twins;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The float64 twin of a float32 source: {@code float} becomes {@code double}, {@code FloatVector}
 * {@code DoubleVector}, {@code IntVector} {@code LongVector}, {@code float32} {@code float64},
 * {@code 0.5f} {@code 0.5}, in comments and strings too.
 *
 * <p>A constant that is another one in float64 says so where it is declared, in one line:
 *
 * <pre>{@code private static final int K_BLOCK = 512; // float64: 256}</pre>
 *
 * <p>One that holds the bits of a number is a {@code long} there:
 *
 * <pre>{@code private static final int ONE = 0x3f800000; // float64: long 0x3ff0000000000000L}
 * </pre>
 */
final class FloatToDouble implements Translation {
  private static final String MARKER = "// float64:";

  private static final Pattern LONG_CONSTANT =
      Pattern.compile("(?m)^([^=\\n]*)\\bint( [^=\\n]+ = )[^;\\n]*; " + MARKER + " long (.+)$");

  private static final Pattern OTHER_CONSTANT =
      Pattern.compile("(?m)^([^=\\n]+ = )[^;\\n]*; " + MARKER + " (.+)$");

  /** The first declaration that stands at the start of a line. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:(?:public|abstract|final|sealed) )*(?:class|interface|record|enum) ");

  @Override
  public String translate(String file, String source) {
    String text = LONG_CONSTANT.matcher(source).replaceAll("$1long$2$3;");
    text = OTHER_CONSTANT.matcher(text).replaceAll("$1$2;");
    if (text.contains(MARKER)) {
      throw new IllegalArgumentException(
          "%s: '%s value' stands behind 'NAME = value;' only".formatted(file, MARKER));
    }
    var twin = new StringBuilder();
    for (Token token : Token.of(text)) {
      twin.append(
          switch (token.kind()) {
            case NUMBER -> number(token.text());
            case COMMENT, STRING, WORD -> words(token.text());
            case OTHER -> token.text();
          });
    }
    return withoutWarnings(file, twin.toString());
  }

  private static String words(String text) {
    return text.replace("floatToRawIntBits", "doubleToRawLongBits")
        .replace("floatToIntBits", "doubleToLongBits")
        .replace("intBitsToFloat", "longBitsToDouble")
        .replace("IntVector", "LongVector")
        .replace("reinterpretAsInts", "reinterpretAsLongs")
        .replace("Float", "Double")
        .replace("float32", "float64") // before the next line
        .replaceAll("float(?!64)", "double")
        .replace("FLOAT32", "FLOAT64");
  }

  /** {@code 1f} becomes {@code 1.0}, which no division takes for an integer. */
  private static String number(String text) {
    boolean hexInteger = text.matches("0[xX][^pP]*");
    if (hexInteger || !text.matches(".*[fF]")) {
      return text;
    }
    String digits = text.substring(0, text.length() - 1);
    return digits.matches("[\\d_]+") ? digits + ".0" : digits;
  }

  /** What the source must cast to float, the twin casts to double for no need. */
  private static String withoutWarnings(String file, String twin) {
    Matcher type = TYPE.matcher(twin);
    if (!type.find()) {
      throw new IllegalArgumentException(file + ": no type is declared at the start of a line");
    }
    return twin.substring(0, type.start())
        + "@SuppressWarnings(\"cast\")\n"
        + twin.substring(type.start());
  }
}
