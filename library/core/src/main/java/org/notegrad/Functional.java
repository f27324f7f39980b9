package org.notegrad;

import org.notegrad.ops.Checks;
import org.notegrad.ops.Copies;
import org.notegrad.ops.Elementwise;
import org.notegrad.ops.Indexing;
import org.notegrad.ops.Products;
import org.notegrad.ops.Softmaxes;
import org.notegrad.ops.Types;

/** Functions of several tensors, for static import. */
public final class Functional {
  private static final Fused SQUARED_DIFFERENCE =
      Fused.of("squared difference", (x, y) -> x.sub(y).square());

  private Functional() {}

  /** {@code condition ? a : b}, element by element; all three broadcast. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Elementwise.where(condition, a, b);
  }

  /** {@code condition ? a : b}; the number takes the tensor's type as beside {@code add}. */
  public static Tensor where(Tensor condition, Tensor a, double b) {
    return Elementwise.where(condition, a, b);
  }

  /** {@code condition ? a : b}; exact in integers. */
  public static Tensor where(Tensor condition, Tensor a, long b) {
    return Elementwise.where(condition, a, b);
  }

  /** {@code condition ? a : b}; the number takes the tensor's type as beside {@code add}. */
  public static Tensor where(Tensor condition, double a, Tensor b) {
    return Elementwise.where(condition, a, b);
  }

  /** {@code condition ? a : b}; exact in integers. */
  public static Tensor where(Tensor condition, long a, Tensor b) {
    return Elementwise.where(condition, a, b);
  }

  /**
   * Joined along the existing dimension {@code dim}; vectors of no elements are left out.
   *
   * @throws ShapeException if the shapes differ in another dimension
   */
  public static Tensor cat(int dim, Tensor... parts) {
    return Copies.cat(dim, parts);
  }

  /** Joined along a new dimension at {@code dim}. */
  public static Tensor stack(int dim, Tensor... parts) {
    return Copies.stack(dim, parts);
  }

  /**
   * {@code x wᵀ + b}: {@code (..., in) x (out, in) -> (..., out)}; {@code b} is {@code (out,)}, or
   * null.
   */
  public static Tensor linear(Tensor x, Tensor w, Tensor b) {
    return Products.linear(x, w, b);
  }

  /** The same for a weight that is used many times before it changes. */
  public static Tensor linear(Tensor x, PackedWeight w, Tensor b) {
    return Products.linear(x, w, b);
  }

  /**
   * The mean over the rows of {@code -log softmax(logits)[target]}.
   *
   * @param logits {@code (n, classes)}
   * @param target class indices, int64 {@code (n,)}
   */
  public static Tensor crossEntropy(Tensor logits, Tensor target) {
    return Softmaxes.crossEntropy(logits, target);
  }

  /** The mean of the squared differences; the shapes must be equal. */
  public static Tensor mseLoss(Tensor prediction, Tensor target) {
    Checks.given("mseLoss", "prediction", prediction);
    Checks.given("mseLoss", "target", target);
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException("mseLoss", prediction.shape(), target.shape(), "the shapes differ");
    }
    DType dtype = Types.real(DType.promote(prediction.dtype(), target.dtype()));
    return SQUARED_DIFFERENCE.apply(prediction, target).mean().to(dtype);
  }

  /**
   * {@code log(sum(exp(x)))} along {@code dim}, which goes, computed without overflow; minus
   * infinity of nothing.
   */
  public static Tensor logSumExp(Tensor x, int dim) {
    return logSumExp(x, dim, Keep.DROP);
  }

  /** As {@link #logSumExp(Tensor, int)}; the dimension goes or stays with size 1. */
  public static Tensor logSumExp(Tensor x, int dim, Keep keep) {
    return logSumExp(x, new int[] {dim}, keep);
  }

  /** {@code log(sum(exp(x)))} along {@code dims}, which go or stay with size 1. */
  public static Tensor logSumExp(Tensor x, int[] dims, Keep keep) {
    return Softmaxes.logSumExp(x, dims, keep);
  }

  /**
   * Class indices (int64, any shape) as rows with a 1: a new last dimension of size {@code
   * classes}, int64.
   *
   * @throws NotegradException if a class is not in [0, classes)
   */
  public static Tensor oneHot(Tensor target, int classes) {
    return Indexing.oneHot(target, classes);
  }
}
