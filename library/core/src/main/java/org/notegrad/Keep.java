package org.notegrad;

/** Whether a reduced dimension stays in the result with size 1 (PyTorch's {@code keepdim}). */
public enum Keep {
  /** The dimension stays, with size 1, so that the result broadcasts against the input. */
  KEEP,
  /** The dimension goes: the default. */
  DROP
}
