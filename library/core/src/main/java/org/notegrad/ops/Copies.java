package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.Dim;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.Backends;


/** Operations that copy: conversion, cloning, joining. */
public final class Copies {
  private Copies() {}

  public static Tensor to(Tensor x, DType dtype) {
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
    if (parts.length == 0) {
      throw new NotegradException("cat", "nothing to join");
    }
    int at = Dim.resolve("cat", dim, parts[0].shape());
    DType dtype = parts[0].dtype();
    for (Tensor part : parts) {
      dtype = DType.promote(dtype, part.dtype());
      if (part.rank() != parts[0].rank()
          || part.rank() == 0
          || !part.shape().without(at).equals(parts[0].shape().without(at))) {
        throw new ShapeException(
            "cat", parts[0].shape(), part.shape(), "shapes may differ in dimension %d only", at);
      }
    }
    Tensor[] converted = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      converted[i] = parts[i].to(dtype);
    }
    return Node.apply(new Cat(at), converted);
  }

  public static Tensor stack(int dim, Tensor... parts) {
    if (parts.length == 0) {
      throw new NotegradException("stack", "nothing to join");
    }
    Tensor[] raised = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].shape().equals(parts[0].shape())) {
        throw new ShapeException("stack", parts[0].shape(), parts[i].shape(), "shapes differ");
      }
      raised[i] = parts[i].unsqueeze(dim);
    }
    return cat(dim, raised);
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
      return of(Backends.of(target).fromArray(Creation.array(inputs[0])), inputs[0].shape())
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
    private int[] lengths;

    Cat(int dim) {
      super("cat");
      this.dim = dim;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      lengths = new int[inputs.length];
      int total = 0;
      for (int i = 0; i < inputs.length; i++) {
        lengths[i] = inputs[i].size(dim);
        total += lengths[i];
      }
      Tensor out = Creation.empty(inputs[0].dtype(), inputs[0].shape().with(dim, total), inputs[0]);
      int start = 0;
      for (int i = 0; i < inputs.length; i++) {
        of(out).backend().copy(of(inputs[i]), of(out.narrow(dim, start, lengths[i])));
        start += lengths[i];
      }
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor[] gradients = new Tensor[lengths.length];
      int start = 0;
      for (int i = 0; i < lengths.length; i++) {
        gradients[i] = needs(i) ? gradient.narrow(dim, start, lengths[i]) : null;
        start += lengths[i];
      }
      return gradients;
    }
  }
}
