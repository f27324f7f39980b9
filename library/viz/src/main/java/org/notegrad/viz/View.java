package org.notegrad.viz;

import java.util.Map;

/**
 * What a person sees of a value.
 *
 * <p>A view's bytes depend on its value alone. Its HTML is complete in itself: it has no script and
 * loads nothing, everything that came from a user is escaped, and it keeps to what notebook
 * sanitisers let through, so that a saved notebook shows it before anybody has trusted it.
 */
public interface View {
  /** The most bytes (in UTF-8) of one form of a view. */
  int MAX_BYTES = 64 * 1024;

  /** The view as plain text, for terminals, logs and readers of the saved file; never empty. */
  String text();

  /** The view as an HTML fragment. */
  String html();

  /**
   * Further forms by MIME type, such as {@code image/png}; text types as {@link String}, binary
   * ones as {@code byte[]}. None by default.
   */
  default Map<String, Object> others() {
    return Map.of();
  }
}
