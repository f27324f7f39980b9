package org.notegrad.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/**
 * Copies of a class, each with a constant of its own. A loop written once for every function would
 * call that function through an interface; in a copy that has the function in a static final field,
 * the JIT sees a constant, inlines it and keeps vectors in registers.
 */
final class Specialised {
  private Specialised() {}

  /**
   * A new copy of {@code template}, made by its constructor without parameters.
   *
   * @param lookup the template's own package
   * @param constant what {@link #constant} gives in the copy
   */
  static <T> T copy(
      MethodHandles.Lookup lookup, Class<? extends T> template, Object constant, Class<T> type) {
    try (var in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      Class<?> copy =
          lookup.defineHiddenClassWithClassData(in.readAllBytes(), constant, true).lookupClass();
      return type.cast(copy.getDeclaredConstructor().newInstance());
    } catch (IOException e) {
      throw new UncheckedIOException("the class file of " + template + " can't be read", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no copy of " + template, e);
    }
  }

  /** The constant of the copy that asks; null in the template itself. */
  static <T> T constant(MethodHandles.Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
