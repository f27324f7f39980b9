package org.notegrad.viz;

import java.util.Optional;

/**
 * Makes views of a library's types. A jar offers its providers through {@link
 * java.util.ServiceLoader}; they are asked before the built-in views.
 */
@FunctionalInterface
public interface ViewProvider {
  /** The view of {@code value}, never null, or empty when this provider has none for it. */
  Optional<View> view(Object value);
}
