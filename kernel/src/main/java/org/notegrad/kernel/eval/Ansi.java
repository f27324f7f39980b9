package org.notegrad.kernel.eval;

/** Colours of a terminal, as notebooks show them too. */
enum Ansi {
  RED("31"),
  BOLD_RED("1;31"),
  CYAN("36"),
  GREEN("32"),
  YELLOW("33"),
  FAINT("2");

  private final String code;

  Ansi(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
