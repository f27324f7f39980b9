package org.notegrad.nn;

import java.util.List;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** What all losses check. */
final class Losses {
  private Losses() {}

  static void requireTwo(String name, List<Tensor> inputs) {
    if (inputs.size() != 2) {
      throw new NotegradException(
          name, "a prediction and a target expected, got %d inputs", inputs.size());
    }
  }
}
