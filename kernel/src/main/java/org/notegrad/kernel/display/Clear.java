package org.notegrad.kernel.display;

/** When outputs are removed: waiting for the next output avoids flicker. */
public enum Clear {
  NOW,
  WHEN_NEXT_OUTPUT_COMES
}
