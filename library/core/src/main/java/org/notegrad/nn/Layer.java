package org.notegrad.nn;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.notegrad.Tensor;

/**
 * A module from one tensor to one tensor: what {@link Sequential} takes and most models are. A
 * subclass registers what it holds in its constructor and defines {@link #compute}; everyone calls
 * {@link #forward}, which hooks and summaries see. (A subclass can't define {@code forward}, as one
 * would in Python, where the call is another method: the compiler says that it is final, and that
 * {@code compute} is missing.)
 *
 * <pre>{@code
 * class Net extends Layer {
 *   final Linear hidden = child("hidden", new Linear(64, 128));
 *   final Linear out = child("out", new Linear(128, 10));
 *
 *   protected Tensor compute(Tensor x) {
 *     return out.forward(hidden.forward(x).relu());
 *   }
 * }
 * }</pre>
 */
public abstract class Layer extends Module {
  private final UnaryOperator<List<Tensor>> body = inputs -> result(inputs.getFirst());

  /** The output for one input. */
  protected abstract Tensor compute(Tensor x);

  /** Runs the layer. */
  public final Tensor forward(Tensor x) {
    return call(body, x).getFirst();
  }

  private List<Tensor> result(Tensor x) {
    return Collections.singletonList(compute(x)); // takes null, which call names
  }

  @Override
  public final Layer train() {
    super.train();
    return this;
  }

  @Override
  public final Layer eval() {
    super.eval();
    return this;
  }

  @Override
  public final Layer freeze() {
    super.freeze();
    return this;
  }

  @Override
  public final Layer unfreeze() {
    super.unfreeze();
    return this;
  }
}
