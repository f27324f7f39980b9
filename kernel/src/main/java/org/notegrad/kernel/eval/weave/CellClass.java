package org.notegrad.kernel.eval.weave;

import java.util.function.IntUnaryOperator;

/**
 * What the weaver knows about a class that was compiled from a cell.
 *
 * @param label shown as the class's source file; null keeps what the compiler wrote
 * @param lines from a line of the compiled source to one of the cell, or to 0 if it has none
 * @param variables the top-level variables
 */
public record CellClass(String label, IntUnaryOperator lines, Variables variables) {

  /** Where the top-level variables of the cells are kept. */
  public interface Variables {

    /** Whether a variable was declared {@code final} and has its value. */
    boolean isConstant(String owner, String name);

    /** Told of each assignment to a static field. */
    void written(String owner, String name);

    /** The class whose static field holds a variable: the first that declared it with its type. */
    String storage(String owner, String name);
  }

  /** A class of a library. */
  public static final CellClass LIBRARY =
      new CellClass(
          null,
          IntUnaryOperator.identity(),
          new Variables() {
            @Override
            public boolean isConstant(String owner, String name) {
              return false;
            }

            @Override
            public void written(String owner, String name) {}

            @Override
            public String storage(String owner, String name) {
              return owner;
            }
          });

  /** The same for a class whose lines were mixed up on the way: all of it has this line, or 0. */
  public CellClass withLine(int line) {
    return new CellClass(label, _ -> line, variables);
  }

  int line(int compiled) {
    return lines.applyAsInt(compiled);
  }
}
