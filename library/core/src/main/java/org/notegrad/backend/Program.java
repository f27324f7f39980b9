package org.notegrad.backend;

import java.util.List;
import org.notegrad.DType;

/**
 * Elementwise code in single assignment, for {@link Backend#run}: instruction {@code i} makes value
 * {@code i} from values before it. Programs of equal code are equal, so a program is the key under
 * which a backend keeps what it made of it.
 */
public final class Program {
  /** One instruction. Operands are the numbers of earlier values. */
  public sealed interface Op {
    /** The element of input {@code slot}: of the program's type, or bool. */
    record Input(int slot, DType type) implements Op {}

    /** A number that is given at run time, rounded to the program's type. */
    record Number(int slot) implements Op {}

    /** A truth value. */
    record Truth(boolean value) implements Op {}

    record Unary(UnaryOp op, int x) implements Op {}

    record Binary(BinaryOp op, int a, int b) implements Op {}

    record Compare(CompareOp op, int a, int b) implements Op {}

    /** Of two truth values. */
    record Logic(LogicOp op, int a, int b) implements Op {}

    record Not(int condition) implements Op {}

    /** {@code condition ? a : b}; a and b are both numbers or both truth values. */
    record Where(int condition, int a, int b) implements Op {}

    /** 1 or 0 of a truth value. */
    record Real(int condition) implements Op {}

    /** The values that this one is made of. */
    default int[] operands() {
      return switch (this) {
        case Input _, Number _, Truth _ -> new int[0];
        case Unary o -> new int[] {o.x};
        case Binary o -> new int[] {o.a, o.b};
        case Compare o -> new int[] {o.a, o.b};
        case Logic o -> new int[] {o.a, o.b};
        case Not o -> new int[] {o.condition};
        case Where o -> new int[] {o.condition, o.a, o.b};
        case Real o -> new int[] {o.condition};
      };
    }

    /** The same operation on values that were numbered anew. */
    default Op renumbered(int[] to) {
      return switch (this) {
        case Input _, Number _, Truth _ -> this;
        case Unary o -> new Unary(o.op, to[o.x]);
        case Binary o -> new Binary(o.op, to[o.a], to[o.b]);
        case Compare o -> new Compare(o.op, to[o.a], to[o.b]);
        case Logic o -> new Logic(o.op, to[o.a], to[o.b]);
        case Not o -> new Not(to[o.condition]);
        case Where o -> new Where(to[o.condition], to[o.a], to[o.b]);
        case Real o -> new Real(to[o.condition]);
      };
    }
  }

  /** Functions of two truth values. */
  public enum LogicOp {
    AND,
    OR,
    XOR
  }

  private final DType type;
  private final List<DType> inputs;
  private final int numbers;
  private final List<Op> code;
  private final List<Integer> outputs;
  private final int hash;

  /**
   * A program.
   *
   * @param type float32 or float64: what it computes in, and the type of its outputs
   * @param inputs the type of each input, {@code type} or bool
   * @param numbers how many run-time numbers there are
   * @param outputs the value that each output gets
   */
  public Program(
      DType type, List<DType> inputs, int numbers, List<Op> code, List<Integer> outputs) {
    this.type = type;
    this.inputs = List.copyOf(inputs);
    this.numbers = numbers;
    this.code = List.copyOf(code);
    this.outputs = List.copyOf(outputs);
    this.hash =
        31 * (31 * (31 * type.hashCode() + this.inputs.hashCode()) + this.code.hashCode())
            + this.outputs.hashCode();
  }

  /** What it computes in, and the type of its outputs. */
  public DType type() {
    return type;
  }

  /** The type of each input: {@link #type()} or bool. */
  public List<DType> inputs() {
    return inputs;
  }

  /** How many run-time numbers it takes. */
  public int numbers() {
    return numbers;
  }

  /** The instructions; the i-th makes value i. */
  public List<Op> code() {
    return code;
  }

  /** The value that each output gets. */
  public List<Integer> outputs() {
    return outputs;
  }

  /** Whether value {@code v} is a truth value. */
  public boolean isTruth(int v) {
    return switch (code.get(v)) {
      case Op.Compare _, Op.Logic _, Op.Not _, Op.Truth _ -> true;
      case Op.Input o -> o.type == DType.BOOL;
      case Op.Where o -> isTruth(o.a);
      case Op.Number _, Op.Unary _, Op.Binary _, Op.Real _ -> false;
    };
  }

  /** Each value's number of uses, by other values and by outputs. */
  public int[] uses() {
    int[] uses = new int[code.size()];
    for (Op op : code) {
      for (int operand : op.operands()) {
        uses[operand]++;
      }
    }
    for (int output : outputs) {
      uses[output]++;
    }
    return uses;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Program p
            && hash == p.hash
            && type == p.type
            && numbers == p.numbers
            && inputs.equals(p.inputs)
            && code.equals(p.code)
            && outputs.equals(p.outputs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The program as lines that read as mathematics. */
  @Override
  public String toString() {
    return ProgramText.of(this);
  }
}
