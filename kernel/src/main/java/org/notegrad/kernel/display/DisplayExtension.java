package org.notegrad.kernel.display;

/**
 * Adds renderers; found by {@code ServiceLoader}, so that a jar on the class path shows its types
 * without being asked.
 */
public interface DisplayExtension {
  void register(Renderers renderers);
}
