package org.notegrad;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.notegrad.backend.Backends;
import org.notegrad.backend.Operand;
import org.notegrad.ops.Elementwise;
import org.notegrad.ops.Trace;
import org.notegrad.ops.Traced;
import org.notegrad.ops.Types;

/**
 * An elementwise function of one or more tensors, written in tensor operations and run as one loop:
 *
 * <pre>{@code
 * static final Fused SWISH = Fused.of("swish", x -> x.mul(x.sigmoid()));
 * Tensor y = SWISH.apply(x);
 * }</pre>
 *
 * <p>The definition is ordinary code. It is run once on symbols, to see which operations it
 * consists of; a backend makes one loop of them, and one of its gradients, which follow from the
 * operations' own. The results are those of the definition, to the bit, for inputs of one shape
 * (NaN is any NaN). Inputs broadcast; what a gradient then sums is summed once, at its end. The
 * graph keeps those inputs that a gradient reads, and nothing else. A gradient of gradients runs
 * the definition.
 *
 * <p>A definition holds elementwise operations, {@code where}, comparisons and numbers, and nothing
 * of which the result depends but its inputs: a reduction, a view, a tensor from outside, a random
 * number or {@code item()} is refused by the first {@link #apply}, with the reason. It must give
 * the same operations whenever it is run. A number that changes from use to use is a parameter
 * ({@link #of(String, int, int, BiFunction)}), or it would be frozen at its first value.
 *
 * <p>Instances are safe in several threads. Keep one in a static final field: making one at every
 * use traces its definition every time.
 */
public final class Fused {
  private static final int MOST_INPUTS = 16;
  private static final double[] NONE = {};

  private final String name;
  private final int arity;
  private final int parameters;
  private final Traced.Definition definition;
  private final double[] numbers;
  private final Map<Traced.Key, Traced> traces;

  private Fused(
      String name,
      int arity,
      int parameters,
      Traced.Definition definition,
      double[] numbers,
      Map<Traced.Key, Traced> traces) {
    this.name = name;
    this.arity = arity;
    this.parameters = parameters;
    this.definition = definition;
    this.numbers = numbers;
    this.traces = traces;
  }

  /** A function of one tensor. */
  public static Fused of(String name, UnaryOperator<Tensor> definition) {
    return of(name, 1, in -> definition.apply(in[0]));
  }

  /** A function of two tensors. */
  public static Fused of(String name, BinaryOperator<Tensor> definition) {
    return of(name, 2, in -> definition.apply(in[0], in[1]));
  }

  /**
   * A function of {@code arity} tensors.
   *
   * @param name what errors, graphs and {@link #explain} call it
   * @param arity 1 to 16
   */
  public static Fused of(String name, int arity, Function<Tensor[], Tensor> definition) {
    return of(name, arity, 0, (in, numbers) -> definition.apply(in));
  }

  /**
   * A function of {@code arity} tensors and of numbers, which {@link #with} sets; the definition
   * gets them as scalars of the inputs' type. A leaky ReLU of any slope is one loop:
   *
   * <pre>{@code
   * static final Fused LEAKY =
   *     Fused.of("leaky", 1, 1, (in, k) -> where(in[0].gt(0.0), in[0], in[0].mul(k[0])));
   * Tensor y = LEAKY.with(0.01).apply(x);
   * }</pre>
   *
   * @param numbers how many there are
   */
  public static Fused of(
      String name, int arity, int numbers, BiFunction<Tensor[], Tensor[], Tensor> definition) {
    if (arity < 1 || arity > MOST_INPUTS) {
      throw new NotegradException(name, "%d inputs; 1 to %d expected", arity, MOST_INPUTS);
    }
    if (numbers < 0) {
      throw new NotegradException(name, "%d numbers; 0 or more expected", numbers);
    }
    return new Fused(name, arity, numbers, definition::apply, NONE, new ConcurrentHashMap<>());
  }

  /**
   * The same function with these numbers.
   *
   * @throws NotegradException if there are more or fewer than the definition takes
   */
  public Fused with(double... numbers) {
    if (numbers.length != parameters) {
      throw new NotegradException(name, "%d numbers; %d expected", numbers.length, parameters);
    }
    return new Fused(name, arity, parameters, definition, numbers.clone(), traces);
  }

  /** The name that errors and graphs show. */
  public String name() {
    return name;
  }

  /** The number of inputs. */
  public int arity() {
    return arity;
  }

  /**
   * The function of these inputs, element by element. They are broadcast; those that are not bool
   * meet in the later of their types, float32 if none is real. 16-bit reals are computed in float32
   * and rounded once.
   *
   * @throws NotegradException if the definition can't be fused, with the reason
   * @throws ShapeException if the shapes do not fit
   */
  public Tensor apply(Tensor... inputs) {
    if (inputs.length != arity) {
      throw new NotegradException(name, "%d inputs; %d expected", inputs.length, arity);
    }
    if (numbers.length != parameters) {
      throw new NotegradException(name, "its %d numbers are not set; use with(...)", parameters);
    }
    DType type = DType.BOOL;
    for (Tensor input : inputs) {
      type = DType.promote(type, input.dtype());
    }
    DType result = Types.real(type);
    type = result.wide();
    Tensor[] operands = new Tensor[arity];
    boolean traced = false;
    for (int i = 0; i < arity; i++) {
      operands[i] = inputs[i].dtype() == DType.BOOL ? inputs[i] : inputs[i].to(type);
      traced |= Operand.of(inputs[i]).backend() instanceof Trace;
    }
    Tensor out = traced ? define(operands, type) : Node.apply(new FusedCall(this, type), operands);
    return out.dtype().isFloating() ? out.to(result) : out;
  }

  /** What the definition says, operation by operation. */
  Tensor define(Tensor[] inputs, DType type) {
    Tensor[] scalars = new Tensor[numbers.length];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = Elementwise.number(inputs[0], type, numbers[i]);
    }
    return definition.of(inputs, scalars);
  }

  double[] numbers() {
    return numbers;
  }

  Traced traced(Traced.Key key) {
    Traced known = traces.get(key);
    return known != null
        ? known
        : traces.computeIfAbsent(key, k -> Traced.of(name, definition, arity, parameters, k));
  }

  /**
   * For people: the loops that float32 inputs run, of the value and of the gradients, as text, and
   * whether the CPU runs them as scalars or as vectors now, or why operation by operation.
   *
   * @throws NotegradException if the definition can't be fused, with the reason
   */
  public String explain() {
    var text = new StringBuilder();
    text.append("%s, a function of %d input%s\n".formatted(name, arity, arity == 1 ? "" : "s"));
    explain(text, "value", traced(new Traced.Key(DType.FLOAT32, 0, 0)));
    Traced gradients = traced(new Traced.Key(DType.FLOAT32, 0, (1 << arity) - 1));
    explain(text, "gradients", gradients);
    text.append("x").append(arity).append(" is the gradient of the result\n");
    for (int i = 0; i < gradients.of().length; i++) {
      text.append("y%d is the gradient of x%d\n".formatted(i, gradients.of()[i]));
    }
    return text.toString();
  }

  private void explain(StringBuilder text, String what, Traced code) {
    text.append('\n').append(what).append(": ");
    text.append(Backends.cpu().explain(code.program())).append('\n').append(code.program());
    double[] values = code.numbers(numbers);
    for (int k = 0; k < values.length; k++) {
      boolean unset = k < parameters && numbers.length == 0;
      text.append("k%d = %s\n".formatted(k, unset ? "set by with(...)" : values[k]));
    }
  }

  @Override
  public String toString() {
    return "Fused(%s, %d inputs)".formatted(name, arity);
  }
}
