package org.notegrad;

import static org.notegrad.backend.Operand.of;

import java.util.Arrays;
import org.notegrad.backend.Operand;
import org.notegrad.ops.Creation;
import org.notegrad.ops.Operation;
import org.notegrad.ops.Reductions;
import org.notegrad.ops.Traced;

/** One use of a fused function: keeps those of its inputs that its gradient reads. */
final class FusedCall extends Operation {
  private final Fused function;
  private final DType type;
  private int bools;
  private Shape[] shapes;

  /** Where among the saved tensors each input is; -1 if no gradient reads it. */
  private int[] places;

  FusedCall(Fused function, DType type) {
    super(function.name());
    this.function = function;
    this.type = type;
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    shapes = new Shape[inputs.length];
    int wanted = 0;
    Shape shape = inputs[0].shape();
    for (int i = 0; i < inputs.length; i++) {
      bools |= inputs[i].dtype() == DType.BOOL ? 1 << i : 0;
      shapes[i] = inputs[i].shape();
      wanted |= needs(i) ? 1 << i : 0; // nobody, where nothing is recorded
      shape = Shape.broadcast(name(), shape, shapes[i]);
    }
    Operand[] operands = new Operand[inputs.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = of(inputs[i]).expand(shape);
    }
    if (wanted != 0) {
      keep(inputs, wanted);
    }
    Traced code = traced(0);
    Tensor out = Creation.empty(type, shape, inputs[0]);
    if (run(code, operands, new Operand[] {of(out)})) {
      return out;
    }
    Tensor[] views = new Tensor[operands.length];
    Arrays.setAll(views, i -> operands[i].tensor());
    return function.define(views, type);
  }

  private void keep(Tensor[] inputs, int wanted) {
    Traced code = traced(wanted);
    places = new int[inputs.length];
    Tensor[] kept = new Tensor[inputs.length];
    int count = 0;
    for (int i = 0; i < inputs.length; i++) {
      places[i] = code.reads(i) ? count : -1;
      if (code.reads(i)) {
        kept[count++] = inputs[i];
      }
    }
    save(Arrays.copyOf(kept, count));
  }

  private Traced traced(int wanted) {
    return function.traced(new Traced.Key(type, bools, wanted));
  }

  private boolean run(Traced code, Operand[] inputs, Operand[] outputs) {
    double[] numbers = code.numbers(function.numbers());
    return inputs[0].backend().run(code.program(), numbers, inputs, outputs);
  }

  @Override
  protected Tensor[] backward(Tensor gradient) {
    int wanted = 0;
    for (int i = 0; i < shapes.length; i++) {
      wanted |= needs(i) ? 1 << i : 0;
    }
    Tensor[] gradients = Autograd.isEnabled() ? null : fused(gradient, wanted);
    if (gradients == null) {
      gradients = defined(gradient, wanted);
    }
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = gradients[i] == null ? null : Reductions.sumTo(gradients[i], shapes[i]);
    }
    return gradients;
  }

  /** By one loop; null if the backend has none. */
  private Tensor[] fused(Tensor gradient, int wanted) {
    Traced code = traced(wanted);
    Operand[] operands = new Operand[shapes.length + 1];
    for (int i = 0; i < shapes.length; i++) {
      operands[i] = of(input(i, gradient)).expand(gradient.shape());
    }
    operands[shapes.length] = of(gradient);
    Tensor[] outputs = new Tensor[code.of().length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = Creation.empty(type, gradient.shape(), gradient);
    }
    Operand[] results = new Operand[outputs.length];
    Arrays.setAll(results, i -> of(outputs[i]));
    return run(code, operands, results) ? byInput(code.of(), outputs) : null;
  }

  /** By the definition, recorded if this gradient is to have gradients in turn. */
  private Tensor[] defined(Tensor gradient, int wanted) {
    boolean again = Autograd.isEnabled();
    return Autograd.enableGrad(() -> {
      Tensor[] operands = new Tensor[shapes.length];
      for (int i = 0; i < shapes.length; i++) {
        Tensor input = input(i, gradient);
        boolean wants = (wanted >> i & 1) != 0;
        operands[i] = again ? input : input.detach().requiresGrad(wants);
        operands[i] = Node.apply(new Alias(gradient.shape()), operands[i]);
      }
      Tensor output = function.define(operands, type);
      int[] of = Traced.dependencies(output, operands);
      Graph graph = again ? Graph.CREATE : Graph.FREE;
      return byInput(of, Traced.gradients(graph, output, gradient, operands, of));
    });
  }

  /** An input as it was; zeros where no gradient depends on its elements. */
  private Tensor input(int i, Tensor like) {
    if (places[i] >= 0) {
      return saved(places[i]);
    }
    DType own = (bools >> i & 1) != 0 ? DType.BOOL : type;
    return Creation.empty(own, Shape.of(), like).requiresGrad(needs(i));
  }

  private Tensor[] byInput(int[] of, Tensor[] gradients) {
    Tensor[] result = new Tensor[shapes.length];
    for (int i = 0; i < of.length; i++) {
      result[of[i]] = gradients[i];
    }
    return result;
  }

  /** A tensor under a name of its own: two inputs may be one tensor, and each has its gradient. */
  private static final class Alias extends Operation {
    private final Shape target;
    private Shape own;

    Alias(Shape target) {
      super("input");
      this.target = target;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      own = inputs[0].shape();
      return of(inputs[0]).expand(target).tensor();
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {Reductions.sumTo(gradient, own)};
    }
  }
}
