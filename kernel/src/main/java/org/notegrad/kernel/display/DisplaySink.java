package org.notegrad.kernel.display;

/** Where displays go: the notebook cell that the calling thread works for. */
public interface DisplaySink {
  /** Shows a bundle under an id by which it can be updated. */
  void show(MimeBundle bundle, String id);

  /** Replaces all that was shown under an id. */
  void update(MimeBundle bundle, String id);

  /** Removes the cell's outputs. */
  void clear(Clear when);

  /** The renderers that turn values into bundles. */
  Renderers renderers();
}
