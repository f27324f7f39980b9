package org.notegrad.kernel.eval.weave;

/** Thrown in place of ending the JVM, which would take the notebook's variables with it. */
public final class ExitRefused extends RuntimeException {

  ExitRefused(String call) {
    super(
        call
            + " would end the kernel and lose all variables. To stop a cell, return or throw;"
            + " to end the kernel, use Kernel > Shut Down Kernel.");
  }
}
