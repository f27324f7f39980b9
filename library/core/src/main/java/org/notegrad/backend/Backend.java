package org.notegrad.backend;

import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.Tensor;

/**
 * What a device must be able to do: families of operations over strided tensors. A backend holds no
 * policy: shapes are checked, types promoted, operands broadcast (by stride 0) and results
 * allocated before it is called, and nothing here records gradients. Every operand lies on this
 * backend's device. Backends are found by {@link java.util.ServiceLoader}.
 */
public interface Backend {
  /** The device that this backend computes on. */
  Device device();

  /** One line for people: what runs here, and why it was chosen. */
  String describe();

  /** Storage for {@code length} elements, all zero. */
  Storage allocate(DType dtype, int length);

  /**
   * Storage with a copy of {@code array}, a {@code float[]}, {@code double[]}, {@code long[]} or
   * {@code boolean[]}.
   */
  Storage fromArray(Object array);

  /** Copies {@code x} in row-major order into {@code array}, whose type is that of x's elements. */
  void toArray(Tensor x, Object array);

  /** {@code out = value}, converted to out's type. */
  void fill(Tensor out, double value);

  /**
   * {@code out = x} for equal shapes, any layouts, converted to out's type (real to integer
   * truncates).
   */
  void copy(Tensor x, Tensor out);

  /** {@code out = op(x)}; x and out have one type and shape. */
  void unary(UnaryOp op, Tensor x, Tensor out);

  /** {@code out = op(a, b)}; all have one type and shape. */
  void binary(BinaryOp op, Tensor a, Tensor b, Tensor out);

  /** {@code out = op(a, b)}; a and b have one type, out is bool; all have one shape. */
  void compare(CompareOp op, Tensor a, Tensor b, Tensor out);

  /**
   * {@code out = condition ? a : b}; condition is bool, the others have one type; all have one
   * shape.
   */
  void where(Tensor condition, Tensor a, Tensor b, Tensor out);

  /** Reduces the dimensions of x in which out has size 1; both have one rank and type. */
  void reduce(ReduceOp op, Tensor x, Tensor out);

  /**
   * The index (int64) of the first largest (or smallest) element along {@code dim}, in which out
   * has size 1.
   */
  void argReduce(ArgOp op, Tensor x, int dim, Tensor out);

  /**
   * {@code out = a b}: {@code (..., m, k) x (..., k, n) -> (..., m, n)}, leading dimensions equal.
   */
  void matmul(Tensor a, Tensor b, Tensor out);

  /**
   * {@code out = x wᵀ + b}: {@code (m, in) x (out, in) -> (m, out)}; {@code b} is {@code (out,)},
   * or null.
   */
  default void linear(Tensor x, Tensor w, Tensor b, Tensor out) {
    matmul(x, w.t(), out);
    if (b != null) {
      binary(BinaryOp.ADD, out, b.expand(out.shape()), out);
    }
  }

  /** Softmax, or its logarithm, over the last dimension. */
  void softmax(Tensor x, boolean logarithm, Tensor out);

  /**
   * {@code out[i] = logsumexp(logits[i]) - logits[i, target[i]]}; logits is {@code (n, classes)}.
   */
  void crossEntropy(Tensor logits, Tensor target, Tensor out);

  /** {@code out[i, j] = x[index[i, j], j]} for {@code dim} 0, and so on for other dimensions. */
  void gather(Tensor x, int dim, Tensor index, Tensor out);

  /**
   * {@code out[index[i, j], j] += x[i, j]} for {@code dim} 0, and so on; x and index have one
   * shape.
   */
  void scatterAdd(Tensor x, int dim, Tensor index, Tensor out);

  /** Fills out, row-major, from counter {@code offset} of the Philox stream {@code seed}. */
  void random(Distribution distribution, long seed, long offset, Tensor out);

  /**
   * Runs a program over every element. All operands have one shape (by stride 0); inputs have the
   * program's types, outputs its type, and are contiguous; an output may be an input. Returns false
   * if this backend does not run it: the caller then computes what the program was made from. The
   * results are those of the operations, one after another, to the bit (NaN is any NaN).
   */
  default boolean run(Program program, double[] numbers, Tensor[] inputs, Tensor[] outputs) {
    return false;
  }

  /** For people: how {@link #run} runs a program, or why it does not. */
  default String explain(Program program) {
    return "operation by operation: " + describe() + " has no fused loops";
  }

  /**
   * Runs an optimizer's update of one parameter in one pass, in place. Returns false if this
   * backend has no fused form of it: the caller then runs {@link Update#apply}, which defines the
   * result.
   */
  default boolean fused(Update update, Tensor parameter, Tensor gradient, Tensor[] state) {
    return false;
  }
}
