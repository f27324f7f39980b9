package org.notegrad.backend;

/** What an elementwise operation keeps for its gradient. */
public enum Saves {
  NOTHING,
  INPUT,
  OUTPUT
}
