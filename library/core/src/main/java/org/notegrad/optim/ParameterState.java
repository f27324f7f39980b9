package org.notegrad.optim;

import java.util.Map;
import java.util.SequencedMap;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;

/** What an optimizer keeps for one parameter, and how many steps that has made. */
final class ParameterState {
  private final SequencedMap<String, Tensor> named;
  private final Tensor[] tensors;
  private Shape shape;
  private DType dtype;
  private long steps;

  ParameterState(Tensor parameter, SequencedMap<String, Tensor> named, long steps) {
    this(parameter.shape(), parameter.dtype(), named, steps);
  }

  private ParameterState(Shape shape, DType dtype, SequencedMap<String, Tensor> named, long steps) {
    this.named = named;
    this.tensors = named.values().toArray(Tensor[]::new);
    this.shape = shape;
    this.dtype = dtype;
    this.steps = steps;
  }

  SequencedMap<String, Tensor> named() {
    return named;
  }

  Tensor[] tensors() {
    return tensors;
  }

  long steps() {
    return steps;
  }

  void stepped() {
    steps++;
  }

  /** After as many steps, with other tensors. */
  ParameterState with(SequencedMap<String, Tensor> others) {
    return new ParameterState(shape, dtype, others, steps);
  }

  /**
   * A parameter that has become another takes steps once its state has become another, too.
   *
   * @throws NotegradException if a tensor is still what the parameter was
   */
  void follow(String optimizer, Tensor parameter) {
    boolean sameShape = parameter.shape().equals(shape);
    boolean sameType = parameter.dtype() == dtype;
    if (sameShape && sameType) {
      return;
    }
    for (Map.Entry<String, Tensor> kept : named.entrySet()) {
      Tensor tensor = kept.getValue();
      if (!sameShape && tensor.shape().equals(shape) || !sameType && tensor.dtype() == dtype) {
        throw new NotegradException(
            optimizer,
            "a parameter has become %s and its %s is still %s; let that become another, too"
                + " (state), or begin anew (clearState)",
            parameter.describe(),
            kept.getKey(),
            tensor.describe());
      }
    }
    shape = parameter.shape();
    dtype = parameter.dtype();
  }
}
