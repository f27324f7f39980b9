package org.notegrad;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.notegrad.backend.Backends;
import org.notegrad.backend.Operand;
import org.notegrad.ops.Trace;

/**
 * An elementwise function of one or more tensors, written in tensor operations and run as one loop:
 *
 * <pre>{@code
 * static final Fused SWISH = Fused.of("swish", x -> x.mul(x.sigmoid()));
 * Tensor y = SWISH.apply(x);
 * }</pre>
 *
 * <p>The definition is ordinary code. It is run once on symbols, to see which operations it
 * consists of; a backend makes one loop of them, and one of its gradient, which follows from the
 * operations' own. The results are those of the definition, to the bit, for inputs of one shape
 * (NaN is any NaN). Inputs broadcast; what a gradient then sums is summed once, at its end. The
 * graph keeps the inputs and nothing else. A gradient of gradients runs the definition.
 *
 * <p>A definition holds elementwise operations, {@code where}, comparisons and numbers, and nothing
 * of which the result depends but its inputs: a reduction, a view, a tensor from outside, a random
 * number or {@code item()} is refused by the first {@link #apply}, with the reason. It must give
 * the same operations whenever it is run.
 *
 * <p>Instances are immutable and safe in several threads. Keep one in a static final field: making
 * one at every use traces its definition every time.
 */
public final class Fused {
  private static final int MOST_INPUTS = 16;

  private final String name;
  private final int arity;
  private final Function<Tensor[], Tensor> definition;
  private final Map<Key, Traced> traces = new ConcurrentHashMap<>();

  /**
   * What a trace depends on besides the definition.
   *
   * @param bools the inputs that are bool, a bit each
   * @param wanted the inputs whose gradients it gives, a bit each; 0 for the function itself
   */
  private record Key(DType type, int bools, int wanted) {}

  private Fused(String name, int arity, Function<Tensor[], Tensor> definition) {
    if (arity < 1 || arity > MOST_INPUTS) {
      throw new NotegradException(name, "%d inputs; 1 to %d expected", arity, MOST_INPUTS);
    }
    this.name = name;
    this.arity = arity;
    this.definition = definition;
  }

  /** A function of one tensor. */
  public static Fused of(String name, UnaryOperator<Tensor> definition) {
    return new Fused(name, 1, in -> definition.apply(in[0]));
  }

  /** A function of two tensors. */
  public static Fused of(String name, BinaryOperator<Tensor> definition) {
    return new Fused(name, 2, in -> definition.apply(in[0], in[1]));
  }

  /**
   * A function of {@code arity} tensors.
   *
   * @param name what errors, graphs and {@link #explain} call it
   * @param arity 1 to 16
   */
  public static Fused of(String name, int arity, Function<Tensor[], Tensor> definition) {
    return new Fused(name, arity, definition);
  }

  public String name() {
    return name;
  }

  /** The number of inputs. */
  public int arity() {
    return arity;
  }

  /**
   * The function of these inputs, element by element. They are broadcast; those that are not bool
   * meet in the later of their types, which is float32 at least.
   *
   * @throws NotegradException if the definition can't be fused, with the reason
   * @throws ShapeException if the shapes do not fit
   */
  public Tensor apply(Tensor... inputs) {
    if (inputs.length != arity) {
      throw new NotegradException(name, "%d inputs; %d expected", inputs.length, arity);
    }
    DType type = DType.FLOAT32;
    for (Tensor input : inputs) {
      type = input.dtype().isFloating() ? DType.promote(type, input.dtype()) : type;
    }
    Tensor[] operands = new Tensor[arity];
    boolean traced = false;
    for (int i = 0; i < arity; i++) {
      operands[i] = inputs[i].dtype() == DType.BOOL ? inputs[i] : inputs[i].to(type);
      traced |= Operand.of(inputs[i]).backend() instanceof Trace;
    }
    return traced ? define(operands) : Node.apply(new FusedCall(this, type), operands);
  }

  /** What the definition says, operation by operation. */
  Tensor define(Tensor[] inputs) {
    return definition.apply(inputs);
  }

  Traced forward(DType type, DType[] types) {
    return traces.computeIfAbsent(
        key(type, types, 0), _ -> Traced.forward(name, definition, type, types));
  }

  Traced backward(DType type, DType[] types, int wanted) {
    return traces.computeIfAbsent(
        key(type, types, wanted), _ -> Traced.backward(name, definition, type, types, wanted));
  }

  /**
   * For people: the loops that float32 inputs run, of the value and of the gradients, as text, and
   * whether the CPU runs them as scalars or as vectors now, or why operation by operation.
   *
   * @throws NotegradException if the definition can't be fused, with the reason
   */
  public String explain() {
    DType[] types = new DType[arity];
    java.util.Arrays.fill(types, DType.FLOAT32);
    var text = new StringBuilder();
    text.append("%s, a function of %d input%s\n".formatted(name, arity, arity == 1 ? "" : "s"));
    explain(text, "value", forward(DType.FLOAT32, types));
    Traced gradients = backward(DType.FLOAT32, types, (1 << arity) - 1);
    explain(text, "gradients", gradients);
    text.append("x").append(arity).append(" is the gradient of the result\n");
    for (int i = 0; i < gradients.of().length; i++) {
      text.append("y%d is the gradient of x%d\n".formatted(i, gradients.of()[i]));
    }
    return text.toString();
  }

  private static void explain(StringBuilder text, String what, Traced code) {
    text.append('\n').append(what).append(": ");
    text.append(Backends.cpu().explain(code.program())).append('\n').append(code.program());
    for (int k = 0; k < code.numbers().length; k++) {
      text.append("k%d = %s\n".formatted(k, code.numbers()[k]));
    }
  }

  private static Key key(DType type, DType[] types, int wanted) {
    int bools = 0;
    for (int i = 0; i < types.length; i++) {
      bools |= types[i] == DType.BOOL ? 1 << i : 0;
    }
    return new Key(type, bools, wanted);
  }

  @Override
  public String toString() {
    return "Fused(%s, %d inputs)".formatted(name, arity);
  }
}
