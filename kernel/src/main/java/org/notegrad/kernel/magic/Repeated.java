package org.notegrad.kernel.magic;

import java.lang.invoke.VarHandle;

/** Code that {@code %timeit} runs many times; it is made of what the person wrote. */
@FunctionalInterface
public interface Repeated {
  /** Runs the code so many times. */
  void run(long times) throws Throwable;

  /** Uses a result, so that the compiler can't leave out what made it. */
  static void keep(Object result) {
    Kept.object = result;
    barrier();
  }

  static void keep(double result) {
    Kept.number = result;
    barrier();
  }

  static void keep(float result) {
    Kept.number = result;
    barrier();
  }

  static void keep(long result) {
    Kept.integer = result;
    barrier();
  }

  static void keep(int result) {
    Kept.integer = result;
    barrier();
  }

  static void keep(boolean result) {
    Kept.integer = result ? 1 : 0;
    barrier();
  }

  /**
   * Keeps a loop's runs apart: what one run reads from memory is read again by the next, so that
   * nothing is computed once for all. It binds the compiler and, on x86, costs nothing.
   */
  static void barrier() {
    VarHandle.releaseFence();
    VarHandle.acquireFence();
  }

  /** Where results go. */
  final class Kept {
    static Object object;
    static double number;
    static long integer;

    private Kept() {}

    /** Lets go of the last result. */
    static void clear() {
      object = null;
    }
  }
}
