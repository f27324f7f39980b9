package org.notegrad.fuzz;

import java.util.Arrays;
import org.notegrad.DType;

/** What the maker of programs expects of a value. It may be wrong: the program is then refused. */
record Fact(DType dtype, int[] shape, boolean grad) {
  int rank() {
    return shape.length;
  }

  /** The size of a dimension, also counted from the last. */
  int size(int dim) {
    return shape[dim < 0 ? dim + shape.length : dim];
  }

  long numel() {
    return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
  }

  boolean isReal() {
    return dtype.isFloating();
  }

  Fact with(int... newShape) {
    return new Fact(dtype, newShape, grad);
  }

  Fact as(DType type) {
    return new Fact(type, shape, grad && type.isFloating());
  }

  /** The type of a function that makes real numbers of integers. */
  Fact real() {
    return isReal() ? this : as(DType.FLOAT32);
  }

  static DType promote(Fact... facts) {
    DType type = facts[0].dtype;
    for (Fact fact : facts) {
      type = DType.promote(type, fact.dtype);
    }
    return type;
  }

  /** The facts of a result of broadcast operands. */
  static Fact broadcast(Fact... facts) {
    int[] shape = facts[0].shape;
    boolean grad = false;
    for (Fact fact : facts) {
      shape = Shapes.broadcast(shape, fact.shape);
      grad |= fact.grad;
    }
    DType type = promote(facts);
    return new Fact(type, shape, grad && type.isFloating());
  }
}
