package org.notegrad.backend;

/** Reductions whose result is where, not what. */
public enum ArgOp {
  ARGMAX,
  ARGMIN
}
