package org.notegrad.backend;

import org.notegrad.DType;
import org.notegrad.Device;

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
  Storage allocate(DType dtype, long length);

  /**
   * Storage with a copy of {@code array}: a {@code float[]}, {@code double[]}, {@code int[]},
   * {@code long[]}, {@code boolean[]}, or a {@code short[]} with the bits of 16-bit real numbers.
   */
  Storage fromArray(DType dtype, Object array);

  /** Copies {@code x} in row-major order into {@code array}, whose type is that of x's elements. */
  void toArray(Operand x, Object array);

  /** {@code out = value}, converted to out's type. */
  void fill(Operand out, double value);

  /**
   * {@code out = x} for equal shapes, any layouts, converted to out's type (real to integer
   * truncates).
   */
  void copy(Operand x, Operand out);

  /** {@code out = op(x)}; x and out have one type and shape. */
  void unary(UnaryOp op, Operand x, Operand out);

  /** {@code out = op(a, b)}; all have one type and shape. */
  void binary(BinaryOp op, Operand a, Operand b, Operand out);

  /** {@code out = op(a, b)}; a and b have one type, out is bool; all have one shape. */
  void compare(CompareOp op, Operand a, Operand b, Operand out);

  /**
   * {@code out = condition ? a : b}; condition is bool, the others have one type; all have one
   * shape.
   */
  void where(Operand condition, Operand a, Operand b, Operand out);

  /** Reduces the dimensions of x in which out has size 1; both have one rank and type. */
  void reduce(ReduceOp op, Operand x, Operand out);

  /**
   * The index (int64) of the first largest (or smallest) element along {@code dim}, in which out
   * has size 1.
   */
  void argReduce(ArgOp op, Operand x, int dim, Operand out);

  /**
   * {@code out = a b}: {@code (..., m, k) x (..., k, n) -> (..., m, n)}, leading dimensions equal.
   */
  void matmul(Operand a, Operand b, Operand out);

  /**
   * {@code out = x wᵀ + b}: {@code (m, in) x (out, in) -> (m, out)}; {@code b} is {@code (out,)},
   * or null.
   */
  default void linear(Operand x, Operand w, Operand b, Operand out) {
    matmul(x, w.t(), out);
    if (b != null) {
      binary(BinaryOp.ADD, out, b.expand(out.shape()), out);
    }
  }

  /** A weight {@code (out, in)}, float32 or float64, for use in many products. */
  default Packed pack(Operand w) {
    return () -> w;
  }

  /** {@code out = x wᵀ + b} for a packed w, with the same bits as for the weight itself. */
  default void linear(Operand x, Packed w, Operand b, Operand out) {
    linear(x, w.weight(), b, out);
  }

  /** Softmax, or its logarithm, over the last dimension. */
  void softmax(Operand x, boolean logarithm, Operand out);

  /**
   * {@code out[i] = logsumexp(logits[i]) - logits[i, target[i]]}; logits is {@code (n, classes)}.
   *
   * @throws IndexException if there is no such class
   */
  void crossEntropy(Operand logits, Operand target, Operand out);

  /**
   * {@code out[i, j] = x[index[i, j], j]} for {@code dim} 0, and so on for other dimensions.
   *
   * @throws IndexException if there is no such element
   */
  void gather(Operand x, int dim, Operand index, Operand out);

  /**
   * {@code out[index[i, j], j] += x[i, j]} for {@code dim} 0, and so on; x and index have one
   * shape.
   *
   * @throws IndexException if there is no such element
   */
  void scatterAdd(Operand x, int dim, Operand index, Operand out);

  /** Fills out, row-major, from counter {@code offset} of the Philox stream {@code seed}. */
  void random(Distribution distribution, long seed, long offset, Operand out);

  /**
   * Runs a program over every element. All operands have one shape (by stride 0); inputs have the
   * program's types, outputs its type, and are contiguous; an output may be an input. Returns false
   * if this backend does not run it: the caller then computes what the program was made from. The
   * results are those of the operations, one after another, to the bit (NaN is any NaN).
   */
  default boolean run(Program program, double[] numbers, Operand[] inputs, Operand[] outputs) {
    return false;
  }

  /** For people: how {@link #run} runs a program, or why it does not. */
  default String explain(Program program) {
    return "operation by operation: " + describe() + " has no fused loops";
  }
}
