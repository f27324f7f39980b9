package org.notegrad;

/** Takes back what was registered, such as a hook. */
@FunctionalInterface
public interface Handle extends AutoCloseable {
  /** Takes it back; doing so twice changes nothing more. */
  @Override
  void close();
}
