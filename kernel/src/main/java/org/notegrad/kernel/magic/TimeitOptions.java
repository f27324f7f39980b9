package org.notegrad.kernel.magic;

import java.util.regex.Pattern;

/**
 * The options of {@code %timeit}.
 *
 * @param runs in a sample; 0 if left to the stopwatch
 * @param samples that count; 0 if left to the stopwatch
 * @param length how many characters they take, blanks after them included
 */
record TimeitOptions(long runs, int samples, int length) {
  private static final Pattern OPTION = Pattern.compile("-([A-Za-z])\\s*(\\d+)(?:\\s+|$)");

  static TimeitOptions of(String arguments) {
    var matcher = OPTION.matcher(arguments);
    long runs = 0;
    int samples = 0;
    int length = 0;
    while (matcher.region(length, arguments.length()).lookingAt()) {
      switch (matcher.group(1)) {
        case "n" -> runs = number(matcher.group(), matcher.group(2));
        case "r" -> samples = number(matcher.group(), matcher.group(2));
        default ->
            throw new MagicException(
                "there is no option -" + matcher.group(1) + "; %timeit has -n RUNS and -r SAMPLES");
      }
      length = matcher.end();
    }
    return new TimeitOptions(runs, samples, length);
  }

  private static int number(String option, String digits) {
    try {
      int number = Integer.parseInt(digits);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new MagicException(option.strip() + " is no number of times", e);
    }
    throw new MagicException(option.strip() + " must be at least 1");
  }
}
