package org.notegrad.ops;

import java.util.Arrays;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.Operand;
import org.notegrad.backend.UnaryOp;

/**
 * The gradient rule of an elementwise operation, run as one loop where it has several operations
 * and nobody wants its own gradient: it then gives the rule's bits.
 */
final class Derivative {
  /** A rule: the gradient of one input from the output's and from what was saved. */
  @FunctionalInterface
  interface Rule {
    Tensor of(Tensor gradient, Tensor[] saved);
  }

  private static final Derivative[] UNARY = new Derivative[UnaryOp.values().length];
  private static final Derivative[] LEFT = new Derivative[BinaryOp.values().length];
  private static final Derivative[] RIGHT = new Derivative[BinaryOp.values().length];

  static {
    for (UnaryOp op : UnaryOp.values()) {
      UNARY[op.ordinal()] =
          new Derivative(op.label(), 1, (g, saved) -> op.derivative().of(g, saved[0]));
    }
    for (BinaryOp op : BinaryOp.values()) {
      LEFT[op.ordinal()] =
          new Derivative(op.label(), 2, (g, saved) -> op.left().of(g, saved[0], saved[1]));
      RIGHT[op.ordinal()] =
          new Derivative(op.label(), 2, (g, saved) -> op.right().of(g, saved[0], saved[1]));
    }
  }

  private final String name;
  private final int saved;
  private final Rule rule;
  private volatile Traced floats;
  private volatile Traced doubles;

  /**
   * A rule to be traced when it is first used.
   *
   * @param saved how many tensors it takes besides the gradient
   */
  Derivative(String name, int saved, Rule rule) {
    this.name = name;
    this.saved = saved;
    this.rule = rule;
  }

  /** The rule of a function of one tensor; it takes what the function saved. */
  static Derivative of(UnaryOp op) {
    return UNARY[op.ordinal()];
  }

  /** The rule for the first operand; it takes both. */
  static Derivative left(BinaryOp op) {
    return LEFT[op.ordinal()];
  }

  /** The rule for the second operand; it takes both. */
  static Derivative right(BinaryOp op) {
    return RIGHT[op.ordinal()];
  }

  /** The gradient, of its own shape; what was saved broadcasts to it. */
  Tensor of(Tensor gradient, Tensor... kept) {
    if (!Autograd.isEnabled() && !(Operand.of(gradient).backend() instanceof Trace)) {
      Traced traced = traced(gradient.dtype());
      if (traced != null && traced.operations() > 1) {
        Tensor out = run(traced, gradient, kept);
        if (out != null) {
          return out;
        }
      }
    }
    return rule.of(gradient, kept);
  }

  private static Tensor run(Traced traced, Tensor gradient, Tensor[] kept) {
    Operand[] inputs = new Operand[kept.length + 1];
    inputs[0] = Operand.of(gradient);
    for (int i = 0; i < kept.length; i++) {
      inputs[i + 1] = Operand.of(kept[i]).expand(gradient.shape());
    }
    Tensor out = Creation.empty(gradient.dtype(), gradient.shape(), gradient);
    Operand[] outputs = {Operand.of(out)};
    boolean ran = inputs[0].backend().run(traced.program(), traced.numbers(), inputs, outputs);
    return ran ? out : null;
  }

  /** Null for types that no loop is made for. */
  Traced traced(DType type) {
    return switch (type) {
      case FLOAT32 -> floats != null ? floats : (floats = trace(type));
      case FLOAT64 -> doubles != null ? doubles : (doubles = trace(type));
      case BOOL, INT32, INT64, FLOAT16, BFLOAT16 -> null;
    };
  }

  private Traced trace(DType type) {
    Traced.Definition definition =
        (in, numbers) -> rule.of(in[0], Arrays.copyOfRange(in, 1, in.length));
    return Traced.of(name + " gradient", definition, saved + 1, 0, new Traced.Key(type, 0, 0));
  }
}
