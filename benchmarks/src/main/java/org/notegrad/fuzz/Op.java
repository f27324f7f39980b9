package org.notegrad.fuzz;

import org.notegrad.Tensor;

/**
 * An operation as the fuzzer knows it.
 *
 * @param choice picks operands and arguments that it takes, or null if it finds none
 * @param rule the facts of the result
 * @param run the operation in Notegrad
 * @param java the same as a Java expression
 * @param python the same as a Python expression
 */
record Op(String name, Choice choice, Rule rule, Body run, Text java, Text python) {
  /** Picks operands and arguments. */
  @FunctionalInterface
  interface Choice {
    Use in(Maker maker);
  }

  /** Operands and arguments. */
  record Use(int[] of, Args args) {
    static Use of(int operand, Args args) {
      return new Use(new int[] {operand}, args);
    }

    static Use of(int a, int b, Args args) {
      return new Use(new int[] {a, b}, args);
    }
  }

  /** The facts of a result. */
  @FunctionalInterface
  interface Rule {
    Fact of(Fact[] operands, Args args);
  }

  /** The operation itself. */
  @FunctionalInterface
  interface Body {
    Tensor of(Tensor[] operands, Args args);
  }

  /** An expression. */
  @FunctionalInterface
  interface Text {
    String of(String[] names, Args args);
  }

  Op withPython(Text text) {
    return new Op(name, choice, rule, run, java, text);
  }

  String torch(String[] names, Args args) {
    return python.of(names, args);
  }
}
