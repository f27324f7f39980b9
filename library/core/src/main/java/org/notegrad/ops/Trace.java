package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.notegrad.DType;
import org.notegrad.Device;
import org.notegrad.NotegradException;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Program;
import org.notegrad.backend.Program.LogicOp;
import org.notegrad.backend.Program.Op;
import org.notegrad.backend.ProgramBuilder;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.Storage;
import org.notegrad.backend.UnaryOp;

/**
 * A backend that computes nothing: it writes down what it is asked to do. A storage holds the
 * number of the value that was last written to it, so that operations in place need no care of
 * their own. What is not elementwise is refused.
 */
public final class Trace implements Backend {
  private static final String REFUSAL = "it can't be fused, since its definition ";

  private final String name;
  private final Shape shape;
  private final Device device;
  private final ProgramBuilder builder = new ProgramBuilder();
  private final List<DType> inputs = new ArrayList<>();
  private final List<Double> numbers = new ArrayList<>();
  private final Map<Long, Integer> literals = new HashMap<>();

  /**
   * A trace of the definition {@code name} on symbols of one shape. The program does not depend on
   * it, unless the definition does.
   */
  public Trace(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
    this.device = new Device("trace of " + name, 0);
  }

  /** Elements that are not there: which value they would have. */
  private final class Symbol extends Storage {
    private int value = -1;

    Symbol(DType dtype, long length) {
      super(dtype, length);
    }

    @Override
    public Backend backend() {
      return Trace.this;
    }
  }

  /** The next input. */
  public Tensor input(DType type) {
    Tensor input = Creation.allocate("tensor", this, type, shape);
    ((Symbol) of(input).storage()).value = builder.add(new Op.Input(inputs.size(), type));
    inputs.add(type);
    return input;
  }

  /** The next run-time number, a scalar. Those that the definition brings along come after. */
  public Tensor number(DType type) {
    Tensor number = Creation.allocate("tensor", this, type, Shape.of());
    ((Symbol) of(number).storage()).value = builder.add(new Op.Number(numbers.size()));
    numbers.add(Double.NaN);
    return number;
  }

  /** The values of the numbers: NaN for those of {@link #number}. */
  public double[] numbers() {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** What was written down, for these outputs. */
  public Program program(DType type, List<Tensor> outputs) {
    List<Integer> values = new ArrayList<>();
    for (Tensor output : outputs) {
      if (!output.shape().equals(shape)) {
        throw refused("gives a result of shape %s for inputs of shape %s", output.shape(), shape);
      }
      if (output.dtype() != type) {
        throw refused("gives a result of %s for inputs of %s", output.dtype(), type);
      }
      values.add(value(of(output)));
    }
    return builder.build(type, inputs, numbers.size(), values);
  }

  private int value(Operand x) {
    if (!(x.storage() instanceof Symbol symbol) || symbol.backend() != this) {
      throw captured(x.shape());
    }
    refuseView(x, symbol);
    if (symbol.value < 0) { // never written: zeros
      fill(x, 0);
    }
    return symbol.value;
  }

  private void refuseView(Operand x, Symbol symbol) {
    boolean isWhole = x.layout().equals(Layout.contiguous(shape));
    if (!isWhole && symbol.length() != 1) {
      throw refused("takes a view of shape %s: elements apart from one another", x.shape());
    }
  }

  /** Where operands meet: in the trace, which refuses what is not in it. */
  public static Tensor home(Tensor a, Tensor b) {
    return of(b).backend() instanceof Trace ? b : a;
  }

  /** The error for a tensor that is no input. */
  public NotegradException captured(Shape given) {
    return refused("uses a tensor of shape %s from outside; make it an input", given);
  }

  private void set(Operand out, Op op) {
    set(out, builder.add(op));
  }

  private void set(Operand out, int value) {
    if (!(out.storage() instanceof Symbol symbol)) {
      throw captured(out.shape());
    }
    refuseView(out, symbol);
    symbol.value = value;
  }

  /** {@code error}, with its place: what an operation says of symbols is not what a reader sees. */
  public NotegradException explained(NotegradException error) {
    if (error.getMessage().startsWith(name + ": " + REFUSAL)) {
      return error;
    }
    var explained = refused("fails for inputs of shape %s: %s", shape, error.getMessage());
    explained.initCause(error);
    return explained;
  }

  private NotegradException refused(String format, Object... arguments) {
    return new NotegradException(name, REFUSAL + format, arguments);
  }

  private NotegradException notElementwise(Object operation) {
    return refused(
        "uses %s, which is not elementwise",
        operation.toString().toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public String describe() {
    return device.type();
  }

  @Override
  public Storage allocate(DType dtype, long length) {
    return new Symbol(dtype, length);
  }

  @Override
  public void fill(Operand out, double value) {
    set(
        out,
        switch (out.dtype()) {
          case FLOAT32, FLOAT64 -> new Op.Number(literal(value));
          case BOOL -> new Op.Truth(value != 0);
          case INT32, INT64, FLOAT16, BFLOAT16 ->
              throw refused("makes a tensor of %s", out.dtype());
        });
  }

  private int literal(double value) {
    return literals.computeIfAbsent(
        Double.doubleToRawLongBits(value),
        _ -> {
          numbers.add(value);
          return numbers.size() - 1;
        });
  }

  @Override
  public void copy(Operand x, Operand out) {
    if (x.dtype() == out.dtype()) {
      set(out, value(x));
    } else if (x.dtype() == DType.BOOL && out.dtype().isFloating()) {
      set(out, new Op.Real(value(x)));
    } else if (x.dtype().isFloating() && out.dtype() == DType.BOOL) {
      set(out, new Op.Compare(CompareOp.NE, value(x), builder.add(new Op.Number(literal(0)))));
    } else {
      throw refused("converts %s to %s", x.dtype(), out.dtype());
    }
  }

  @Override
  public void unary(UnaryOp op, Operand x, Operand out) {
    set(out, new Op.Unary(op, value(x)));
  }

  @Override
  public void binary(BinaryOp op, Operand a, Operand b, Operand out) {
    if (out.dtype() != DType.BOOL) {
      set(out, new Op.Binary(op, value(a), value(b)));
      return;
    }
    set(
        out,
        switch (op) {
          case MINIMUM, MUL -> new Op.Logic(LogicOp.AND, value(a), value(b));
          case MAXIMUM, ADD -> new Op.Logic(LogicOp.OR, value(a), value(b));
          case SUB, DIV, POW -> throw refused("uses %s on bool", op.label());
        });
  }

  @Override
  public void compare(CompareOp op, Operand a, Operand b, Operand out) {
    int p = value(a);
    int q = value(b);
    if (a.dtype() != DType.BOOL) {
      set(out, new Op.Compare(op, p, q));
      return;
    }
    set(
        out,
        switch (op) {
          case NE -> new Op.Logic(LogicOp.XOR, p, q);
          case EQ -> new Op.Not(builder.add(new Op.Logic(LogicOp.XOR, p, q)));
          case LT -> new Op.Logic(LogicOp.AND, builder.add(new Op.Not(p)), q);
          case LE -> new Op.Logic(LogicOp.OR, builder.add(new Op.Not(p)), q);
          case GT -> new Op.Logic(LogicOp.AND, p, builder.add(new Op.Not(q)));
          case GE -> new Op.Logic(LogicOp.OR, p, builder.add(new Op.Not(q)));
        });
  }

  @Override
  public void where(Operand condition, Operand a, Operand b, Operand out) {
    set(out, new Op.Where(value(condition), value(a), value(b)));
  }

  @Override
  public Storage fromArray(DType dtype, Object array) {
    throw refused("makes a tensor of an array");
  }

  @Override
  public void toArray(Operand x, Object array) {
    throw refused("reads a value, which is not known yet");
  }

  @Override
  public void reduce(ReduceOp op, Operand x, Operand out) {
    throw notElementwise(op);
  }

  @Override
  public void argReduce(ArgOp op, Operand x, int dim, Operand out) {
    throw notElementwise(op);
  }

  @Override
  public void matmul(Operand a, Operand b, Operand out) {
    throw notElementwise("matmul");
  }

  @Override
  public void softmax(Operand x, boolean logarithm, Operand out) {
    throw notElementwise("softmax");
  }

  @Override
  public void crossEntropy(Operand logits, Operand target, Operand out) {
    throw notElementwise("crossEntropy");
  }

  @Override
  public void gather(Operand x, int dim, Operand index, Operand out) {
    throw notElementwise("gather");
  }

  @Override
  public void scatterAdd(Operand x, int dim, Operand index, Operand out) {
    throw notElementwise("scatterAdd");
  }

  @Override
  public void random(Distribution distribution, long seed, long offset, Operand out) {
    throw notElementwise("a random number");
  }
}
