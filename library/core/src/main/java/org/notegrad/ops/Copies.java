package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.Dim;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.Backends;

/** Operations that copy: conversion, cloning, joining. */
public final class Copies {
  /** In place of a length: a vector without elements among parts of another rank. */
  private static final int NOTHING = -1;

  private Copies() {}

  public static Tensor to(Tensor x, DType dtype) {
    Checks.given("to", "type", dtype);
    return x.dtype() == dtype ? x : Node.apply(new Copy("to", dtype), x);
  }

  /** On another device, by way of the heap. */
  public static Tensor to(Tensor x, Device device) {
    Checks.given("to", "device", device);
    return x.device().equals(device) ? x : Node.apply(new Transfer(device), x);
  }

  public static Tensor clone(Tensor x) {
    return Node.apply(new Copy("clone", x.dtype()), x);
  }

  public static Tensor cat(int dim, Tensor... parts) {
    return cat("cat", dim, parts);
  }

  /**
   * Vectors without elements are left out, as in PyTorch: they are what one starts joining with.
   */
  private static Tensor cat(String name, int dim, Tensor... parts) {
    requireParts(name, parts);
    Tensor model = parts[0];
    DType dtype = parts[0].dtype();
    for (Tensor part : parts) {
      model = isNothing(model) ? part : model;
      dtype = DType.promote(dtype, part.dtype());
    }
    int at = Dim.resolve(name, dim, model.shape());
    for (Tensor part : parts) {
      if (part.rank() == 0) {
        throw new ShapeException(
            name, part.shape(), "a scalar has no dimension to join; use stack");
      }
      boolean fits =
          part.rank() == model.rank() && part.shape().without(at).equals(model.shape().without(at));
      if (!fits && !isNothing(part)) {
        throw new ShapeException(
            name, model.shape(), part.shape(), "shapes may differ in dimension %d only", at);
      }
    }
    Tensor[] converted = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      converted[i] = parts[i].to(dtype);
    }
    return Node.apply(new Cat(name, at, model.shape()), converted);
  }

  private static boolean isNothing(Tensor x) {
    return x.rank() == 1 && x.size(0) == 0;
  }

  private static void requireParts(String name, Tensor[] parts) {
    Checks.given(name, "array of tensors", parts);
    if (parts.length == 0) {
      throw new NotegradException(name, "nothing to join");
    }
    for (int i = 0; i < parts.length; i++) {
      Checks.given(name, "tensor " + i, parts[i]);
    }
  }

  public static Tensor stack(int dim, Tensor... parts) {
    requireParts("stack", parts);
    Shape shape = parts[0].shape();
    int rank = shape.rank() + 1;
    int at = dim < 0 ? dim + rank : dim;
    if (at < 0 || at >= rank) {
      throw new ShapeException("stack", shape, "dim %d is not in [%d, %d)", dim, -rank, rank);
    }
    Tensor[] raised = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].shape().equals(shape)) {
        throw new ShapeException("stack", shape, parts[i].shape(), "shapes differ");
      }
      raised[i] = parts[i].unsqueeze(at);
    }
    return cat("stack", at, raised);
  }

  private static final class Transfer extends Operation {
    private final Device target;
    private Device source;

    Transfer(Device target) {
      super("to");
      this.target = target;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      source = inputs[0].device();
      return of(
              Backends.of(target).fromArray(inputs[0].dtype(), Creation.array(inputs[0])),
              inputs[0].shape())
          .tensor();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.to(source)};
    }
  }

  private static final class Copy extends Operation {
    private final DType target;
    private DType source;

    Copy(String name, DType target) {
      super(name);
      this.target = target;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      source = x.dtype();
      Tensor out = Creation.empty(target, x.shape(), x);
      of(out).backend().copy(of(x), of(out));
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.to(source)};
    }
  }

  private static final class Cat extends Operation {
    private final int dim;
    private final Shape model;
    private int[] lengths;

    Cat(String name, int dim, Shape model) {
      super(name);
      this.dim = dim;
      this.model = model;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      lengths = new int[inputs.length];
      int total = 0;
      for (int i = 0; i < inputs.length; i++) {
        lengths[i] = inputs[i].rank() == model.rank() ? inputs[i].size(dim) : NOTHING;
        total += Math.max(lengths[i], 0);
      }
      Tensor out = Creation.empty(inputs[0].dtype(), model.with(dim, total), inputs[0]);
      int start = 0;
      for (int i = 0; i < inputs.length; i++) {
        if (lengths[i] > 0) {
          of(out).backend().copy(of(inputs[i]), of(out.narrow(dim, start, lengths[i])));
          start += lengths[i];
        }
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor[] gradients = new Tensor[lengths.length];
      int start = 0;
      for (int i = 0; i < lengths.length; i++) {
        if (needs(i)) {
          gradients[i] =
              lengths[i] == NOTHING
                  ? Creation.empty(gradient.dtype(), Shape.of(0), gradient)
                  : gradient.narrow(dim, start, lengths[i]);
        }
        start += Math.max(lengths[i], 0);
      }
      return gradients;
    }
  }
}
