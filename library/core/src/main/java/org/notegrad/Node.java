package org.notegrad;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.notegrad.ops.Checks;

/**
 * One application of a differentiable operation: its forward computation, what it saved of it, and
 * the rule by which the gradient of its output becomes the gradients of its inputs. A subclass is
 * an operation, an instance one use of it; {@link #apply} is the only place where the graph grows.
 *
 * <p>The gradient rule is written in tensor operations, so that gradients of gradients need nothing
 * more. An operation has one output; what seems to have several (a split, a decomposition) is
 * several operations that share saved tensors.
 */
public abstract class Node {
  private static final AtomicLong NEXT_ORDER = new AtomicLong();
  private static final Tensor[] NONE = {};

  private final String name;
  private long order;
  private Node[] inputs;
  private Shape shape;
  private Tensor[] saved = NONE;
  private int[] savedVersions;
  private boolean freed;

  protected Node(String name) {
    this.name = name;
  }

  /**
   * Computes the output. Nothing is recorded meanwhile. Keeps what {@link #backward} needs by
   * {@link #save}.
   */
  protected abstract Tensor forward(Tensor... inputs);

  /**
   * The gradients of the inputs, in their order, each of its input's shape; null where {@link
   * #needs} says that nobody wants it.
   *
   * @param gradient the gradient of the output, of the output's shape
   */
  protected abstract Tensor[] backward(Tensor gradient);

  /**
   * Runs {@code operation} on {@code inputs} and, if one of them requires a gradient and the output
   * can have one, records it.
   */
  public static Tensor apply(Node operation, Tensor... inputs) {
    if (inputs.length > 1) {
      Checks.oneDevice(operation.name, inputs);
    }
    Tensor output = Autograd.withoutRecording(operation, inputs);
    if (!records(inputs) || !output.dtype().isFloating()) {
      operation.saved = NONE;
      return output;
    }
    operation.connect(inputs);
    operation.shape = output.shape();
    output.attach(operation);
    return output;
  }

  private static boolean records(Tensor[] inputs) {
    if (!Autograd.isEnabled()) {
      return false;
    }
    for (Tensor input : inputs) {
      if (input.requiresGrad()) {
        return true;
      }
    }
    return false;
  }

  private void connect(Tensor[] tensors) {
    inputs = new Node[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      inputs[i] = tensors[i].requiresGrad() ? tensors[i].producer() : null;
    }
    order = NEXT_ORDER.getAndIncrement();
    savedVersions = new int[saved.length];
    for (int i = 0; i < saved.length; i++) {
      savedVersions[i] = saved[i].version();
    }
  }

  /** The operation's name, as errors and pictures of the graph show it. */
  public final String name() {
    return name;
  }

  /** The shape of the output; of a leaf, its own. */
  public Shape shape() {
    return shape;
  }

  /**
   * What made each input; null where an input requires no gradient. A leaf is an {@link
   * AccumulateGrad}.
   */
  public final List<Node> inputs() {
    return inputs == null ? List.of() : Arrays.asList(inputs.clone());
  }

  Node[] edges() {
    return inputs == null ? new Node[0] : inputs;
  }

  /** Rises along the graph: an operation comes after everything that made its inputs. */
  long order() {
    return order;
  }

  /** A leaf's accumulator takes its place in the order when it is made. */
  void takeOrder() {
    order = NEXT_ORDER.getAndIncrement();
  }

  /** Whether the gradient of input {@code i} is wanted. */
  protected final boolean needs(int i) {
    return inputs[i] != null;
  }

  /**
   * Keeps tensors for the backward pass, inputs or the output; a later in-place change of one is
   * noticed.
   */
  protected final void save(Tensor... tensors) {
    saved = tensors;
  }

  /** The {@code i}-th saved tensor. */
  protected final Tensor saved(int i) {
    if (freed) {
      throw new NotegradException(
          "backward",
          "the saved tensors of %s are gone, since a backward pass went through it before; pass"
              + " Graph.RETAIN to the first one to go through twice",
          name);
    }
    Tensor tensor = saved[i];
    if (tensor.version() != savedVersions[i]) {
      throw new NotegradException(
          "backward",
          "a tensor of shape %s that %s saved for its gradient was changed in place: it is at"
              + " version %d, %d expected",
          tensor.shape(),
          name,
          tensor.version(),
          savedVersions[i]);
    }
    return tensor;
  }

  /** Drops the saved tensors. */
  void free() {
    freed = saved.length > 0;
    saved = NONE;
  }

  @Override
  public String toString() {
    return name;
  }
}
