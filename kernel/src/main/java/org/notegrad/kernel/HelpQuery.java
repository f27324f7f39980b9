package org.notegrad.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cell that asks what a name means: {@code List?}, or {@code List.of??} for all that is known;
 * {@code %time?} tells of a magic.
 *
 * @param level as in an inspect request: 0, or 1 for all
 */
record HelpQuery(String name, int level) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(%{0,2}[\\p{L}_$][\\p{L}\\p{N}_$.]*)(\\?\\??)\\s*");

  static Optional<HelpQuery> in(String code) {
    var matcher = FORM.matcher(code);
    return matcher.matches()
        ? Optional.of(new HelpQuery(matcher.group(1), matcher.group(2).length() - 1))
        : Optional.empty();
  }
}
