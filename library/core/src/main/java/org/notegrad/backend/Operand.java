package org.notegrad.backend;

import org.notegrad.DType;
import org.notegrad.Shape;
import org.notegrad.Tensor;

/**
 * What a backend sees of a tensor: the elements in a storage, through a layout. Nothing in it knows
 * of gradients.
 */
public record Operand(Storage storage, Layout layout) {
  /** How a tensor is opened, and made: what {@link Tensor} keeps to itself. */
  public interface Access {
    Operand operand(Tensor tensor);

    Tensor tensor(Operand operand);
  }

  private static final class Holder {
    static final Access ACCESS = Tensor.access(new Key());
  }

  /** Only this class can make one, so only it can ask {@link Tensor#access}. */
  public static final class Key {
    private Key() {}
  }

  /** The elements of {@code tensor}. */
  public static Operand of(Tensor tensor) {
    return Holder.ACCESS.operand(tensor);
  }

  /** Row-major elements from the start of a storage. */
  public static Operand of(Storage storage, Shape shape) {
    return new Operand(storage, Layout.contiguous(shape));
  }

  /** A tensor of these elements: a leaf that requires no gradient. */
  public Tensor tensor() {
    return Holder.ACCESS.tensor(this);
  }

  /** The backend that computes on these elements. */
  public Backend backend() {
    return storage.backend();
  }

  public DType dtype() {
    return storage.dtype();
  }

  public Shape shape() {
    return layout.shape();
  }

  public int rank() {
    return layout.rank();
  }

  /** The size of one dimension; negative numbers count from the last. */
  public int size(int dim) {
    return layout.shape().size(dim);
  }

  public long numel() {
    return layout.shape().numel();
  }

  /** The position in storage of the first element. */
  public long offset() {
    return layout.offset();
  }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean isContiguous() {
    return layout.isContiguous();
  }

  /** The same storage through another layout. */
  public Operand with(Layout other) {
    return new Operand(storage, other);
  }

  /** Dimensions of size 1, and new ones in front, repeated up to {@code target}. */
  public Operand expand(Shape target) {
    return shape().equals(target) ? this : with(layout.expand(target));
  }

  /** A matrix, transposed. */
  public Operand t() {
    return with(layout.permute(1, 0));
  }

  /** This, or a copy in row-major order. */
  public Operand contiguous() {
    if (isContiguous()) {
      return this;
    }
    Operand copy = of(backend().allocate(dtype(), numel()), shape());
    backend().copy(this, copy);
    return copy;
  }

  /** {@code "float32 (2, 3)"}: for messages. */
  public String describe() {
    return dtype() + " " + shape();
  }
}
