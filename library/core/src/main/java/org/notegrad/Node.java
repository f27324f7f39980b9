package org.notegrad;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Storage;
import org.notegrad.ops.Checks;

/**
 * One application of a differentiable operation: its forward computation, what it saved of it, and
 * the rule by which the gradient of its output becomes the gradients of its inputs. A subclass is
 * an operation, an instance one use of it; {@link #apply} is the only place where the graph grows.
 *
 * <p>The gradient rule is written in tensor operations, so that gradients of gradients need nothing
 * more. An operation of several outputs is a {@link MultiNode}, one that picks elements of its
 * input a {@link PartNode}.
 */
public abstract class Node {
  private static final AtomicLong NEXT_ORDER = new AtomicLong(1);
  private static final Tensor[] NONE = {};
  private static final Node[] NO_INPUTS = {};
  private static final AtomicInteger[] NO_LEAVES = {};

  private final String name;
  private long order; // 0 until it is part of a graph
  private Node[] inputs = NO_INPUTS;
  private int[] sources; // which output of each input's node; null if the first of each
  private Shape shape;
  private DType dtype;
  private Tensor[] saved = NONE;
  private int[] savedVersions;
  private boolean freed; // with something that was saved
  private AtomicInteger[] leaves = NO_LEAVES; // counters of those that wait for this node

  protected Node(String name) {
    this.name = name;
  }

  /**
   * Computes the output. Nothing is recorded meanwhile. Keeps what {@link #backward} needs by
   * {@link #save}, and nothing that no wanted gradient needs ({@link #needs}).
   */
  protected abstract Tensor forward(Tensor... inputs);

  /**
   * The gradients of the inputs, in their order, each of its input's shape; null where {@link
   * #needs} says that nobody wants it.
   *
   * @param gradient the gradient of the output, of the output's shape; it belongs to others and is
   *     not to be written
   */
  protected abstract Tensor[] backward(Tensor gradient);

  /**
   * Whether the gradients that {@link #backward} makes are kept by nobody else, so that the walk
   * may add others to them in place and a leaf may keep them. An operation that hands on what it
   * also keeps (a tensor of its own, a log of gradients) says false, which is always safe: a leaf
   * then gets a copy. What was saved and the gradient that came in are told apart in any case.
   */
  protected boolean returnsNew() {
    return false;
  }

  /**
   * Runs {@code operation} on {@code inputs} and, if one of them requires a gradient and the output
   * can have one, records it.
   *
   * @throws NotegradException if the operation is part of a graph already: each use is a node
   */
  public static Tensor apply(Node operation, Tensor... inputs) {
    checkDevices(operation, inputs);
    boolean records = operation.open(inputs);
    Tensor output = Autograd.withoutRecording(operation, inputs);
    if (!records || !output.dtype().isFloating()) {
      operation.forget();
      return output;
    }
    operation.shape = output.shape();
    operation.dtype = output.dtype();
    operation.connect();
    return operation.attached(0, output, inputs);
  }

  /**
   * As {@link #apply(Node, Tensor...)} for an operation with several outputs: those of a real type
   * are recorded.
   */
  public static Tensor[] apply(MultiNode operation, Tensor... inputs) {
    Node node = operation;
    checkDevices(node, inputs);
    boolean records = node.open(inputs);
    Tensor[] outputs = Autograd.withoutRecording(operation, inputs);
    if (!records) {
      node.forget();
      return outputs;
    }
    operation.describe(outputs);
    node.connect();
    Tensor[] attached = outputs.clone();
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i].dtype().isFloating()) {
        attached[i] = node.attached(i, outputs[i], inputs);
      }
    }
    return attached;
  }

  private static void checkDevices(Node operation, Tensor[] inputs) {
    if (inputs.length > 1) {
      Checks.oneDevice(operation.name, inputs);
    }
  }

  /**
   * The output, with this node as its history; a tensor that was there before (an input, say) stays
   * what it is, and the output is another view of it.
   */
  private Tensor attached(int index, Tensor output, Tensor[] tensors) {
    boolean fresh = !output.requiresGrad();
    for (Tensor input : tensors) {
      fresh &= input != output;
    }
    Tensor attached = fresh ? output : output.detach();
    attached.attach(this, index);
    return attached;
  }

  /** Notes where the inputs come from, if one requires a gradient and operations are recorded. */
  private boolean open(Tensor[] tensors) {
    if (!Autograd.isEnabled() || !requiresGrad(tensors)) {
      return false;
    }
    if (order != 0) {
      throw new NotegradException(
          name, "this node is part of a graph already; make a new one for each use");
    }
    inputs = new Node[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i].requiresGrad()) {
        inputs[i] = tensors[i].producer();
        if (tensors[i].output() != 0) {
          sources = sources == null ? new int[tensors.length] : sources;
          sources[i] = tensors[i].output();
        }
      }
    }
    return true;
  }

  private static boolean requiresGrad(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.requiresGrad()) {
        return true;
      }
    }
    return false;
  }

  private void connect() {
    order = NEXT_ORDER.getAndIncrement();
    savedVersions = new int[saved.length];
    for (int i = 0; i < saved.length; i++) {
      savedVersions[i] = saved[i] == null ? 0 : saved[i].version();
    }
    leaves = leaves();
    for (AtomicInteger leaf : leaves) {
      leaf.getAndIncrement();
    }
  }

  private AtomicInteger[] leaves() {
    int count = 0;
    for (Node input : inputs) {
      count += input instanceof AccumulateGrad ? 1 : 0;
    }
    if (count == 0) {
      return NO_LEAVES;
    }
    AtomicInteger[] waiting = new AtomicInteger[count];
    for (Node input : inputs) {
      if (input instanceof AccumulateGrad leaf) {
        waiting[--count] = leaf.waiting();
      }
    }
    return waiting;
  }

  private void forget() {
    if (order == 0) {
      saved = NONE;
      inputs = NO_INPUTS;
      sources = null;
    }
  }

  /** The operation's name, as errors and pictures of the graph show it. */
  public final String name() {
    return name;
  }

  /** The shape of the (first) output; of a leaf, its own. */
  public Shape shape() {
    return shape;
  }

  /** The number of outputs. */
  public int outputs() {
    return 1;
  }

  /** The shape of output {@code output}, from 0. */
  public Shape shape(int output) {
    return shape();
  }

  DType dtype(int output) {
    return dtype;
  }

  /**
   * What made each input; null where an input requires no gradient. A leaf is an {@link
   * AccumulateGrad}.
   */
  public final List<Node> inputs() {
    return Arrays.asList(inputs.clone());
  }

  Node[] edges() {
    return inputs;
  }

  /** Which output of what made it the {@code i}-th input is. */
  int source(int i) {
    return sources == null ? 0 : sources[i];
  }

  /** Rises along the graph: an operation comes after everything that made its inputs. */
  long order() {
    return order;
  }

  /** A leaf's accumulator takes its place in the order when it is made. */
  void takeOrder() {
    order = NEXT_ORDER.getAndIncrement();
  }

  /**
   * Whether the gradient of input {@code i} is wanted: in {@link #forward}, whether it may be one
   * day (and what it needs must be saved); in {@link #backward}, whether the walk that is under way
   * leads to something that was asked for.
   */
  protected final boolean needs(int i) {
    if (inputs.length == 0 || inputs[i] == null) {
      return false;
    }
    return order == 0 || Backward.wants(this, inputs[i]);
  }

  /**
   * Keeps tensors for the backward pass, inputs or outputs; a later in-place change of one is
   * noticed. Null holds the place of one that no wanted gradient needs.
   */
  protected final void save(Tensor... tensors) {
    saved = tensors;
  }

  /** The {@code i}-th saved tensor. */
  protected final Tensor saved(int i) {
    if (freed || saved[i] == null) {
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

  /**
   * The {@code i}-th saved tensor, to be written: itself if the walk under way is the last that
   * reads it, else a copy. Only for what the operation made itself and nobody else sees.
   */
  protected final Tensor workspace(int i) {
    Tensor tensor = saved(i);
    if (!Backward.frees(this)) {
      return tensor.clone();
    }
    saved = saved.clone();
    saved[i] = null;
    return tensor.detach();
  }

  /** Whether {@code storage} is behind one of the saved tensors. */
  boolean saves(Storage storage) {
    for (Tensor tensor : saved) {
      if (tensor != null && Operand.of(tensor).storage() == storage) {
        return true;
      }
    }
    return false;
  }

  /** Drops the saved tensors, after a walk that was the last one. */
  void free() {
    for (Tensor tensor : saved) {
      freed |= tensor != null;
    }
    saved = NONE;
    for (AtomicInteger leaf : leaves) {
      leaf.getAndDecrement();
    }
    leaves = NO_LEAVES;
  }

  @Override
  public String toString() {
    return name;
  }
}
