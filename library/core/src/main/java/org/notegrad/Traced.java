package org.notegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;
import org.notegrad.ops.Trace;

/**
 * What a definition turned out to be on symbols.
 *
 * @param program its operations
 * @param numbers the numbers among them
 * @param of what each output is: for gradients, the input that it is the gradient of
 */
record Traced(Program program, double[] numbers, int[] of) {
  /** A tensor from outside goes with it in every operation, so that the trace sees it. */
  private static final Shape SHAPE = Shape.of();

  /** So that a reduction, a view or a look at the shape shows. */
  private static final Shape OTHER_SHAPE = Shape.of(3, 5);

  /** Computes something of symbols of one shape. */
  @FunctionalInterface
  interface Tracer {
    Traced trace(Trace trace);
  }

  /**
   * Traces twice, on symbols of different shapes.
   *
   * @throws NotegradException that says why it can't be fused
   */
  static Traced of(String name, Tracer tracer) {
    Traced traced = trace(name, tracer, SHAPE);
    Traced again = trace(name, tracer, OTHER_SHAPE);
    if (!traced.program.equals(again.program) || !Arrays.equals(traced.numbers, again.numbers)) {
      throw new NotegradException(
          name,
          "it can't be fused, since its definition is not the same for all shapes, or not whenever"
              + " it is run");
    }
    return traced;
  }

  private static Traced trace(String name, Tracer tracer, Shape shape) {
    var trace = new Trace(name, shape);
    try {
      return tracer.trace(trace);
    } catch (NotegradException e) {
      throw trace.explained(e);
    }
  }

  /** The result of {@code definition} on inputs of these types. */
  static Traced forward(
      String name, Function<Tensor[], Tensor> definition, DType type, DType[] types) {
    return of(
        name,
        trace -> {
          Tensor[] inputs = inputs(trace, types, 0);
          Tensor output = Autograd.noGrad(() -> definition.apply(inputs));
          return new Traced(trace.program(type, List.of(output)), trace.numbers(), new int[] {0});
        });
  }

  /**
   * The gradients of the inputs in {@code wanted}, a bit each, of which the result depends on them;
   * the inputs of the program are the definition's and the gradient of its result.
   */
  static Traced backward(
      String name, Function<Tensor[], Tensor> definition, DType type, DType[] types, int wanted) {
    return of(
        name,
        trace -> {
          Tensor[] inputs = inputs(trace, types, wanted);
          Tensor gradient = trace.input(type);
          Tensor output = Autograd.enableGrad(() -> definition.apply(inputs));
          int[] of = dependencies(output, inputs);
          Tensor[] gradients = gradients(Graph.FREE, output, gradient, inputs, of);
          return new Traced(trace.program(type, List.of(gradients)), trace.numbers(), of);
        });
  }

  private static Tensor[] inputs(Trace trace, DType[] types, int wanted) {
    Tensor[] inputs = new Tensor[types.length];
    for (int i = 0; i < types.length; i++) {
      inputs[i] = trace.input(types[i]);
      if ((wanted >> i & 1) != 0) {
        inputs[i].requiresGrad(true);
      }
    }
    return inputs;
  }

  /** Which of {@code inputs} the output has a gradient for. */
  static int[] dependencies(Tensor output, Tensor[] inputs) {
    Set<Node> reached = new HashSet<>();
    List<Node> open = new ArrayList<>();
    if (output.requiresGrad()) {
      open.add(output.producer());
    }
    while (!open.isEmpty()) {
      Node node = open.removeLast();
      if (node != null && reached.add(node)) {
        open.addAll(node.inputs());
      }
    }
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != null && inputs[i].requiresGrad() && reached.contains(inputs[i].producer())) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The gradients of the inputs {@code of}. */
  static Tensor[] gradients(
      Graph graph, Tensor output, Tensor gradient, Tensor[] inputs, int[] of) {
    if (of.length == 0) {
      return new Tensor[0];
    }
    Tensor[] wanted = Arrays.stream(of).mapToObj(i -> inputs[i]).toArray(Tensor[]::new);
    return Autograd.vjp(graph, output, gradient, wanted);
  }

  /** Whether the program reads input {@code slot}. */
  boolean reads(int slot) {
    for (Op op : program.code()) {
      if (op instanceof Op.Input in && in.slot() == slot) {
        return true;
      }
    }
    return false;
  }
}
