package org.notegrad.kernel.eval;

/**
 * One piece of code to evaluate.
 *
 * @param id unique in the life of a kernel and growing; error messages name a cell by {@code label}
 * @param label how messages call the cell, such as {@code cell [3]}
 * @param code the source as the person typed it
 */
public record Cell(long id, String label, String code) {

  /** A cell whose label is made of its id. */
  public Cell(long id, String code) {
    this(id, "cell [" + id + "]", code);
  }
}
