package org.notegrad.kernel.eval;

/**
 * Colours of a terminal, as notebooks show them too: those that read on the ground of an error in a
 * light theme as in a dark one. (Bold red, for one, is nearly the ground of JupyterLab's dark one.)
 */
enum Ansi {
  RED("31"),
  BOLD("1"),
  FAINT("2");

  private final String code;

  Ansi(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
