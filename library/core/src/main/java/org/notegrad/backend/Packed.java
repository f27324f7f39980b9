package org.notegrad.backend;

/**
 * The weight of a linear layer in the order in which its backend's products read it, for use in
 * many of them. It may be a copy, or the weight itself: whoever writes to the weight packs it anew.
 */
public interface Packed {
  /** {@code (out, in)}, as it was handed over. */
  Operand weight();
}
