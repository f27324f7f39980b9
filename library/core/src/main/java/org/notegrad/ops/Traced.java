package org.notegrad.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.notegrad.AccumulateGrad;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.Graph;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.Op;

/**
 * What a definition turned out to be on symbols.
 *
 * @param program its operations
 * @param numbers the numbers among them; those of the definition's parameters first, as NaN
 * @param of what each output is: for gradients, the input that it is the gradient of
 */
public record Traced(Program program, double[] numbers, int[] of) {
  /** A tensor from outside goes with it in every operation, so that the trace sees it. */
  private static final Shape SHAPE = Shape.of();

  /** So that a reduction, a view or a look at the shape shows. */
  private static final Shape OTHER_SHAPE = Shape.of(3, 5);

  /** A function of tensors, and of numbers as scalars of their type. */
  @FunctionalInterface
  public interface Definition {
    Tensor of(Tensor[] inputs, Tensor[] numbers);
  }

  /**
   * What a trace depends on besides the definition.
   *
   * @param type what is computed in
   * @param bools the inputs that are bool, a bit each
   * @param wanted the inputs whose gradients it gives, a bit each; 0 for the function itself
   */
  public record Key(DType type, int bools, int wanted) {
    boolean wants(int input) {
      return (wanted >> input & 1) != 0;
    }

    DType type(int input) {
      return (bools >> input & 1) != 0 ? DType.BOOL : type;
    }
  }

  /** Computes something of symbols of one shape. */
  @FunctionalInterface
  public interface Tracer {
    Traced trace(Trace trace);
  }

  /**
   * Traces twice, on symbols of different shapes.
   *
   * @throws NotegradException that says why it can't be fused
   */
  public static Traced of(String name, Tracer tracer) {
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

  /**
   * The result of {@code definition}, or the gradients of those inputs that {@code key} wants and
   * the result depends on; then the last input is the gradient of the result.
   */
  public static Traced of(String name, Definition definition, int inputs, int numbers, Key key) {
    return of(
        name,
        trace -> {
          Tensor[] in = new Tensor[inputs];
          for (int i = 0; i < inputs; i++) {
            in[i] = trace.input(key.type(i));
          }
          Tensor[] k = new Tensor[numbers];
          for (int i = 0; i < numbers; i++) {
            k[i] = trace.number(key.type);
          }
          return key.wanted == 0
              ? value(trace, definition, in, k, key)
              : gradients(trace, definition, in, k, key);
        });
  }

  private static Traced value(
      Trace trace, Definition definition, Tensor[] inputs, Tensor[] numbers, Key key) {
    Tensor output = Autograd.noGrad(() -> definition.of(inputs, numbers));
    Program program = trace.program(key.type, List.of(output));
    return new Traced(program, trace.numbers(), new int[] {0});
  }

  private static Traced gradients(
      Trace trace, Definition definition, Tensor[] inputs, Tensor[] numbers, Key key) {
    Tensor gradient = trace.input(key.type);
    for (int i = 0; i < inputs.length; i++) {
      if (key.wants(i)) {
        inputs[i].requiresGrad(true);
      }
    }
    Tensor output = Autograd.enableGrad(() -> definition.of(inputs, numbers));
    int[] of = dependencies(output, inputs);
    Tensor[] gradients = gradients(Graph.FREE, output, gradient, inputs, of);
    return new Traced(trace.program(key.type, List.of(gradients)), trace.numbers(), of);
  }

  /** Which of {@code inputs} the output has a gradient for; a null is none of them. */
  public static int[] dependencies(Tensor output, Tensor[] inputs) {
    Set<Node> reached = new HashSet<>();
    Set<Tensor> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    leaves.add(output);
    List<Node> open = new ArrayList<>();
    open.add(output.gradFn());
    while (!open.isEmpty()) {
      Node node = open.removeLast();
      if (node instanceof AccumulateGrad leaf) {
        leaves.add(leaf.leaf());
      } else if (node != null && reached.add(node)) {
        open.addAll(node.inputs());
      }
    }
    return IntStream.range(0, inputs.length)
        .filter(i -> inputs[i] != null && inputs[i].requiresGrad())
        .filter(i -> leaves.contains(inputs[i]) || reached.contains(inputs[i].gradFn()))
        .toArray();
  }

  /** The gradients of the inputs {@code of}. */
  public static Tensor[] gradients(
      Graph graph, Tensor output, Tensor gradient, Tensor[] inputs, int[] of) {
    if (of.length == 0) {
      return new Tensor[0];
    }
    Tensor[] wanted = Arrays.stream(of).mapToObj(i -> inputs[i]).toArray(Tensor[]::new);
    return Autograd.vjp(graph, output, gradient, wanted);
  }

  /** The run-time numbers, with {@code given} for the definition's parameters. */
  public double[] numbers(double[] given) {
    if (given.length == 0) {
      return numbers;
    }
    double[] all = numbers.clone();
    System.arraycopy(given, 0, all, 0, given.length);
    return all;
  }

  /** How many operations there are, inputs and numbers aside. */
  public int operations() {
    int count = 0;
    for (Op op : program.code()) {
      count += op.operands().length > 0 ? 1 : 0;
    }
    return count;
  }

  /** Whether the program reads input {@code slot}. */
  public boolean reads(int slot) {
    for (Op op : program.code()) {
      if (op instanceof Op.Input in && in.slot() == slot) {
        return true;
      }
    }
    return false;
  }
}
