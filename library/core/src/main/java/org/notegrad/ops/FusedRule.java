package org.notegrad.ops;

import java.util.ArrayList;
import java.util.List;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Backends;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Program;

/**
 * A rule that changes a tensor and its state in place, such as one step of an optimizer, traced
 * once and run as one loop. A rule that can't be fused, because it is not elementwise say, says
 * why, and its owner runs its definition.
 */
public final class FusedRule {
  /** The rule in tensor operations: changes {@code changed} and {@code state} in place. */
  @FunctionalInterface
  public interface Definition {
    void run(Tensor changed, Tensor read, Tensor[] state, Tensor[] numbers);
  }

  private final Program program;
  private final double[] numbers;
  private final String refusal;

  private FusedRule(Program program, double[] numbers, String refusal) {
    this.program = program;
    this.numbers = numbers;
    this.refusal = refusal;
  }

  /**
   * Traces a rule.
   *
   * @param type of all its tensors
   * @param state how many tensors of state it has
   * @param numbers how many numbers it is given at each run
   */
  public static FusedRule of(
      String name, DType type, int state, int numbers, Definition definition) {
    try {
      Traced traced = Traced.of(name, trace -> trace(trace, type, state, numbers, definition));
      return new FusedRule(traced.program(), traced.numbers(), null);
    } catch (NotegradException | IndexOutOfBoundsException e) {
      return new FusedRule(null, null, e.getMessage());
    }
  }

  private static Traced trace(
      Trace trace, DType type, int states, int numbers, Definition definition) {
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(trace.input(type));
    Tensor read = trace.input(type);
    Tensor[] state = new Tensor[states];
    for (int i = 0; i < states; i++) {
      state[i] = trace.input(type);
      outputs.add(state[i]);
    }
    Tensor[] scalars = new Tensor[numbers];
    for (int i = 0; i < numbers; i++) {
      scalars[i] = trace.number(type);
    }
    Autograd.noGrad(() -> definition.run(outputs.getFirst(), read, state, scalars));
    return new Traced(trace.program(type, outputs), trace.numbers(), new int[0]);
  }

  /** What {@link #run} takes: {@code given}, and the numbers that the definition brings along. */
  public double[] numbers(double[] given) {
    if (refusal != null || given.length == numbers.length) {
      return given;
    }
    double[] all = numbers.clone();
    System.arraycopy(given, 0, all, 0, given.length);
    return all;
  }

  /**
   * Runs the rule as one loop, or returns false: the caller then runs the definition, which gives
   * the same bits.
   *
   * @param numbers those of {@link #numbers}
   */
  public boolean run(Tensor changed, Tensor read, Tensor[] state, double[] numbers) {
    if (refusal != null) {
      return false;
    }
    Operand[] inputs = new Operand[state.length + 2];
    Operand[] outputs = new Operand[state.length + 1];
    inputs[0] = outputs[0] = Operand.of(changed);
    inputs[1] = Operand.of(read);
    for (int i = 0; i < state.length; i++) {
      inputs[i + 2] = outputs[i + 1] = Operand.of(state[i]);
    }
    if (!fits(inputs) || !outputs[0].backend().run(program, numbers, inputs, outputs)) {
      return false;
    }
    for (Operand output : outputs) {
      output.storage().bumpVersion();
    }
    return true;
  }

  /**
   * The operation-by-operation form takes any tensors; a loop takes them alike, and without gaps.
   */
  private boolean fits(Operand[] operands) {
    Operand changed = operands[0];
    for (int i = 0; i < operands.length; i++) {
      Operand operand = operands[i];
      boolean isLike =
          operand.dtype() == program.type()
              && operand.shape().equals(changed.shape())
              && operand.backend() == changed.backend();
      boolean isWhole = i == 1 ? isApart(operand, operands) : operand.isContiguous();
      if (!isLike || !isWhole) {
        return false;
      }
    }
    return true;
  }

  /** Whether the tensor that is read shows nothing of what is written, but at the same places. */
  private static boolean isApart(Operand read, Operand[] operands) {
    for (int i = 0; i < operands.length; i++) {
      boolean shares = i != 1 && operands[i].storage() == read.storage();
      if (shares && !operands[i].layout().equals(read.layout())) {
        return false;
      }
    }
    return true;
  }

  /** For people: the loop as text, or why there is none. */
  public String explain() {
    return refusal != null
        ? "operation by operation: " + refusal + "\n"
        : "y0 is the parameter x0, x1 its gradient, the others its state; "
            + Backends.cpu().explain(program)
            + "\n"
            + program;
  }
}
