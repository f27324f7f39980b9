package org.notegrad.kernel.eval;

/** The classes of cells by the names that people gave them. */
public final class CellNames {

  private CellNames() {}

  /** Takes the names of the classes around a cell's own out of a text. */
  public static String clean(String text) {
    return Tracebacks.clean(text);
  }
}
