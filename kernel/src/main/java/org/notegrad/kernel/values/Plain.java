package org.notegrad.kernel.values;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/**
 * A value in one line, with what is good to know beside it.
 *
 * @param text the value
 * @param beside in grey; not part of the text
 */
record Plain(String text, String beside) implements View {
  private static final int MOST_CONSTANTS = 20;

  @Override
  public String html() {
    return "<div><code>"
        + Html.escape(text)
        + "</code> <span style=\"opacity:.65\">"
        + Html.escape(beside)
        + "</span></div>";
  }

  /** A constant among its siblings. */
  static View ofEnum(Enum<?> constant) {
    Enum<?>[] all = constant.getDeclaringClass().getEnumConstants();
    String names =
        Arrays.stream(all).limit(MOST_CONSTANTS).map(Enum::name).collect(Collectors.joining(", "));
    String more = all.length > MOST_CONSTANTS ? ", ..." : "";
    return new Plain(
        ValueText.own(constant),
        "%s %d of %d: %s%s"
            .formatted(
                constant.getDeclaringClass().getSimpleName(),
                constant.ordinal() + 1,
                all.length,
                names,
                more));
  }

  /** A date or time, with its weekday; an instant also as the local clock shows it. */
  static View ofTime(TemporalAccessor time) {
    if (time instanceof Instant instant) {
      return new Plain(instant.toString(), String.valueOf(instant.atZone(ZoneId.systemDefault())));
    }
    if (!(time instanceof DayOfWeek) && time.isSupported(ChronoField.DAY_OF_WEEK)) {
      return new Plain(
          time.toString(), DayOfWeek.from(time).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
    return null;
  }

  /** A span of time, in words. */
  static View ofSpan(TemporalAmount span) {
    if (!(span instanceof Duration duration)) {
      return null;
    }
    var words = new StringBuilder(duration.isNegative() ? "minus " : "");
    var left = duration.abs();
    add(words, left.toDaysPart(), "d");
    add(words, left.toHoursPart(), "h");
    add(words, left.toMinutesPart(), "min");
    double seconds = left.toSecondsPart() + left.toNanosPart() / 1e9;
    if (seconds > 0 || words.isEmpty()) {
      String number = new java.math.BigDecimal(String.valueOf(seconds)).toPlainString();
      words.append(number.endsWith(".0") ? number.substring(0, number.length() - 2) : number);
      words.append(" s");
    }
    return new Plain(duration.toString(), words.toString().strip());
  }

  private static void add(StringBuilder words, long amount, String unit) {
    if (amount > 0) {
      words.append(amount).append(' ').append(unit).append(' ');
    }
  }
}
