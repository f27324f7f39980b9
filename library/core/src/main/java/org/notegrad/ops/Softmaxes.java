package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Dim;
import org.notegrad.Functional;
import org.notegrad.Keep;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/** Softmax and what is fused with it. */
public final class Softmaxes {
  private Softmaxes() {}

  public static Tensor softmax(Tensor x, int dim) {
    return overLast("softmax", x, dim, false);
  }

  public static Tensor logSoftmax(Tensor x, int dim) {
    return overLast("logSoftmax", x, dim, true);
  }

  private static Tensor overLast(String name, Tensor x, int dim, boolean logarithm) {
    Tensor real = x.to(Types.real(x.dtype()));
    int at = Dim.resolve(name, dim, x.shape());
    if (at == Math.max(x.rank() - 1, 0)) {
      return Node.apply(logarithm ? new LogSoftmax() : new Softmax(), real);
    }
    return overLast(name, real.transpose(at, -1), -1, logarithm).transpose(at, -1);
  }

  /** The largest element is taken out before exp, and counts as a constant: it cancels. */
  public static Tensor logSumExp(Tensor x, int[] dims, Keep keep) {
    Checks.given("logSumExp", "tensor", x);
    DType dtype = Types.real(x.dtype());
    Tensor real = x.to(dtype.wide());
    int[] resolved = Reductions.resolve("logSumExp", x, dims);
    Tensor shift = shift(real.detach(), resolved);
    Tensor sum = real.sub(shift).exp().sum(resolved, keep);
    return sum.log().add(shift.reshape(sum.shape().toArray())).to(dtype);
  }

  /**
   * The largest element, where it is finite; of nothing the sum is 0, and its logarithm infinite.
   */
  private static Tensor shift(Tensor x, int[] dims) {
    if (x.numel() == 0) {
      return x.sum(dims, Keep.KEEP);
    }
    Tensor largest = x.max(dims, Keep.KEEP);
    return Functional.where(largest.isFinite(), largest, Tensor.zerosLike(largest));
  }

  public static Tensor crossEntropy(Tensor logits, Tensor target) {
    Checks.given("crossEntropy", "logits", logits);
    Checks.given("crossEntropy", "target", target);
    if (logits.rank() != 2 || target.rank() != 1 || logits.size(0) != target.size(0)) {
      throw new ShapeException(
          "crossEntropy",
          logits.shape(),
          target.shape(),
          "logits (n, classes) and class indices (n,) expected");
    }
    if (!target.dtype().isInteger()) {
      throw new NotegradException(
          "crossEntropy",
          "the target is %s, class indices as int64 or int32 expected",
          target.dtype());
    }
    Tensor real = logits.to(Types.real(logits.dtype()));
    return Node.apply(new CrossEntropy(), real, target.to(DType.INT64))[0];
  }

  private static final class Softmax extends Operation {
    Softmax() {
      super("softmax");
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor out = Creation.empty(inputs[0].dtype(), inputs[0].shape(), inputs[0]);
      of(out).backend().softmax(of(inputs[0]), false, of(out));
      save(out);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor y = saved(0);
      Tensor weighted = gradient.mul(y);
      return new Tensor[] {weighted.sub(y.mul(weighted.sum(Dim.LAST, Keep.KEEP)))};
    }
  }

  private static final class LogSoftmax extends Operation {
    LogSoftmax() {
      super("logSoftmax");
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor out = Creation.empty(inputs[0].dtype(), inputs[0].shape(), inputs[0]);
      of(out).backend().softmax(of(inputs[0]), true, of(out));
      save(out);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor total = gradient.sum(Dim.LAST, Keep.KEEP);
      return new Tensor[] {gradient.sub(saved(0).exp().mul(total))};
    }
  }
}
