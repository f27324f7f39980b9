package org.notegrad.kernel.values;

import java.util.Arrays;
import org.notegrad.viz.View;

/** Matrices of EJML's. */
final class MatrixView {
  private MatrixView() {}

  /** The view of a matrix; null for other things of EJML's, complex matrices included. */
  static View of(Object value) {
    boolean real =
        Arrays.stream(value.getClass().getMethods())
            .anyMatch(m ->
                m.getName().equals("get")
                    && Arrays.equals(m.getParameterTypes(), new Class<?>[] {int.class, int.class}));
    if (!real) {
      return null;
    }
    int rows = Foreign.number(value, "getNumRows");
    int columns = Foreign.number(value, "getNumCols");
    String caption = "%s, %d x %d".formatted(value.getClass().getSimpleName(), rows, columns);
    return ArrayViews.grid(
        caption, rows, columns, (r, c) -> Cells.of(Foreign.call(value, "get", r, c)));
  }
}
