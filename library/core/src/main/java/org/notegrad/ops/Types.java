package org.notegrad.ops;

import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;

/**
 * The type in which each operation computes: the one place that decides it. It is PyTorch's, but
 * that what PyTorch refuses for want of a kernel is computed in the next type that can.
 */
public final class Types {
  /** What becomes of elements that are no real numbers. */
  private enum Rule {
    /** They stay what they are. */
    ALL,
    /** Integers stay; truth values are refused. */
    NUMBERS,
    /** Integers stay; truth values are counted as int64. */
    COUNTS,
    /** All are counted as int64, so that sums of narrow integers have room. */
    TOTALS,
    /** They become float32. */
    REALS
  }

  private Types() {}

  private static Rule rule(UnaryOp op) {
    return switch (op) {
      case SIGN -> Rule.ALL;
      case NEG, ABS, RELU, FLOOR, CEIL, ROUND -> Rule.NUMBERS;
      case SQUARE -> Rule.COUNTS;
      case SQRT, RSQRT, RECIPROCAL, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, SOFTPLUS ->
          Rule.REALS;
    };
  }

  private static Rule rule(BinaryOp op) {
    return switch (op) {
      case ADD, MUL, MAXIMUM, MINIMUM -> Rule.ALL;
      case SUB, POW -> Rule.NUMBERS;
      case DIV -> Rule.REALS;
    };
  }

  private static Rule rule(ReduceOp op) {
    return switch (op) {
      case SUM, PROD -> Rule.TOTALS;
      case MAX, MIN -> Rule.ALL;
    };
  }

  /** The type of {@code op} of a tensor of {@code x}. */
  public static DType of(UnaryOp op, DType x) {
    return apply(op.label(), rule(op), x);
  }

  /** The type of {@code op} of two tensors. */
  public static DType of(BinaryOp op, DType a, DType b) {
    return apply(op.label(), rule(op), DType.promote(a, b));
  }

  /** The type of {@code op} of a tensor and a real number: a number doesn't widen real elements. */
  public static DType besideReal(BinaryOp op, DType x) {
    return of(op, x, x.isFloating() ? x : DType.FLOAT32);
  }

  /** The type of {@code op} of a tensor and an integer, which doesn't widen a tensor of numbers. */
  public static DType besideWhole(BinaryOp op, DType x) {
    return of(op, x, x == DType.BOOL ? DType.INT64 : x);
  }

  /** The type of a reduction of a tensor of {@code x}. */
  public static DType of(ReduceOp op, DType x) {
    return apply(op.label(), rule(op), x);
  }

  /** The type in which {@code op} looks for its element: any, since the result is an index. */
  public static DType of(ArgOp op, DType x) {
    return switch (op) {
      case ARGMAX, ARGMIN -> x;
    };
  }

  /** The type of a function of real numbers: mean, softmax, norm and so on. */
  public static DType real(DType x) {
    return apply("real", Rule.REALS, x);
  }

  /** Whether a tensor of this type can hold {@code number} exactly, or to its type's digits. */
  public static boolean holds(DType dtype, long number) {
    return switch (dtype) {
      case BOOL -> number == 0 || number == 1;
      case INT32 -> number == (int) number;
      case INT64, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
    };
  }

  /** The type of a product of matrices; truth values are counted. */
  public static DType product(DType a, DType b) {
    return apply("product", Rule.COUNTS, DType.promote(a, b));
  }

  /**
   * Refuses a result of type {@code result} for a tensor of {@code target}: real numbers don't go
   * into integers, nor integers into truth values.
   */
  public static void requireFits(String operation, DType result, DType target) {
    if (kind(result) > kind(target)) {
      throw new NotegradException(operation, "a result of %s does not fit in %s", result, target);
    }
  }

  private static int kind(DType dtype) {
    return switch (dtype) {
      case BOOL -> 0;
      case INT32, INT64 -> 1;
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> 2;
    };
  }

  private static DType apply(String operation, Rule rule, DType x) {
    return switch (x) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> x;
      case INT32, INT64 ->
          switch (rule) {
            case ALL, NUMBERS, COUNTS -> x;
            case TOTALS -> DType.INT64;
            case REALS -> DType.FLOAT32;
          };
      case BOOL ->
          switch (rule) {
            case ALL -> x;
            case NUMBERS ->
                throw new NotegradException(
                    operation, "not on bool; convert it by to(DType.INT64), or use logicalNot");
            case COUNTS, TOTALS -> DType.INT64;
            case REALS -> DType.FLOAT32;
          };
    };
  }
}
