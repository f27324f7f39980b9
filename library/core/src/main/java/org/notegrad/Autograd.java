package org.notegrad;

import java.util.function.Supplier;

/** Gradients: whether operations are recorded, and walks back through what was. */
public final class Autograd {
  private static final ThreadLocal<Mode> MODE = ThreadLocal.withInitial(Mode::new);

  private static final class Mode {
    boolean recording = true;
    Backward walk; // under way on this thread
  }

  private Autograd() {}

  /** Whether this thread records operations. */
  public static boolean isEnabled() {
    return MODE.get().recording;
  }

  /**
   * What {@code body} returns, computed without recording operations for gradients (on this
   * thread).
   */
  public static <T> T noGrad(Supplier<T> body) {
    return with(false, body);
  }

  /** Runs {@code body} without recording operations for gradients (on this thread). */
  public static void noGrad(Runnable body) {
    with(
        false,
        () -> {
          body.run();
          return null;
        });
  }

  /** What {@code body} returns, with operations recorded even inside {@link #noGrad(Supplier)}. */
  public static <T> T enableGrad(Supplier<T> body) {
    return with(true, body);
  }

  static <T> T with(boolean recording, Supplier<T> body) {
    Mode mode = MODE.get();
    boolean before = mode.recording;
    mode.recording = recording;
    try {
      return body.get();
    } finally {
      mode.recording = before;
    }
  }

  static Tensor withoutRecording(Node operation, Tensor[] inputs) {
    Mode mode = MODE.get();
    boolean before = mode.recording;
    mode.recording = false;
    try {
      return operation.forward(inputs);
    } finally {
      mode.recording = before;
    }
  }

  static Tensor[] withoutRecording(MultiNode operation, Tensor[] inputs) {
    return with(false, () -> operation.forwardAll(inputs));
  }

  /** The walk under way on this thread, or null. */
  static Backward walk() {
    return MODE.get().walk;
  }

  /** Runs {@code visits} as those of {@code walk}, within the visits of another walk if need be. */
  static void walking(Backward walk, boolean recording, Runnable visits) {
    Mode mode = MODE.get();
    Backward before = mode.walk;
    mode.walk = walk;
    try {
      with(
          recording,
          () -> {
            visits.run();
            return null;
          });
    } finally {
      mode.walk = before;
    }
  }

  /**
   * The gradients of {@code output}, a scalar, with respect to {@code inputs}, in their order. No
   * tensor's {@code grad()} changes.
   *
   * @throws NotegradException if output is not a scalar or does not depend on one of the inputs
   */
  public static Tensor[] grad(Tensor output, Tensor... inputs) {
    return grad(Graph.FREE, output, inputs);
  }

  /**
   * As {@link #grad(Tensor, Tensor...)}; {@link Graph#CREATE} makes the gradients differentiable in
   * turn.
   */
  public static Tensor[] grad(Graph graph, Tensor output, Tensor... inputs) {
    return vjp(graph, output, Backward.seed("grad", output), inputs);
  }

  /**
   * The product of {@code gradient} with the Jacobian of {@code output} with respect to each of
   * {@code inputs}.
   *
   * @param gradient of output's shape
   */
  public static Tensor[] vjp(Graph graph, Tensor output, Tensor gradient, Tensor... inputs) {
    return Backward.gradients(output, gradient, inputs, graph);
  }
}
