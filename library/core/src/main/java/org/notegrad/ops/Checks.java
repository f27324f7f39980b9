package org.notegrad.ops;

import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Backend;
import org.notegrad.backend.Operand;

/** What operations ask of their arguments. */
public final class Checks {
  private Checks() {}

  /** Refuses operands on several devices, unless what they are for is being traced. */
  public static void oneDevice(String operation, Tensor... operands) {
    Backend home = Operand.of(operands[0]).backend();
    for (int i = 1; i < operands.length; i++) {
      Backend other = Operand.of(operands[i]).backend();
      if (other != home && !(home instanceof Trace) && !(other instanceof Trace)) {
        throw new NotegradException(
            operation,
            "operand 0 lies on %s, operand %d on %s; move one by to(device)",
            home.device(),
            i,
            other.device());
      }
    }
  }

  /** Refuses null, naming the operation and the argument. */
  public static void given(String operation, String argument, Object value) {
    if (value == null) {
      throw new NotegradException(operation, "the %s is null", argument);
    }
  }
}
