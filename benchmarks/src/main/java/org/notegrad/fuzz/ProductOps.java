package org.notegrad.fuzz;

import java.util.Arrays;
import java.util.List;
import org.notegrad.Functional;

/** Matrix products and losses. */
final class ProductOps {
  private ProductOps() {}

  static List<Op> all() {
    return List.of(matmul(), linear(), linearPlain(), crossEntropy(), mseLoss());
  }

  private static Op matmul() {
    return new Op(
        "matmul",
        m -> {
          Integer x = m.find(f -> f.rank() > 0);
          if (x == null) {
            return null;
          }
          boolean left = m.chance(0.5);
          int other = m.likely(otherFactor(m, m.fact(x).shape(), left));
          return left ? Op.Use.of(x, other, Args.none()) : Op.Use.of(other, x, Args.none());
        },
        (in, a) ->
            new Fact(
                Fact.promote(in),
                product(in[0].shape(), in[1].shape()),
                (in[0].grad() || in[1].grad()) && Fact.promote(in).isFloating()),
        (in, a) -> in[0].matmul(in[1]),
        (in, a) -> "%s.matmul(%s)".formatted(in[0], in[1]),
        (in, a) -> "%s @ %s".formatted(in[0], in[1]));
  }

  /** A shape that fits on the other side. */
  private static int[] otherFactor(Maker m, int[] shape, boolean right) {
    int inner = right || shape.length == 1 ? shape[shape.length - 1] : shape[shape.length - 2];
    if (m.chance(0.25)) {
      return new int[] {inner};
    }
    int[] batch =
        shape.length > 2 && m.chance(0.6)
            ? m.partnerShape(Arrays.copyOf(shape, shape.length - 2))
            : m.chance(0.15) ? new int[] {m.size()} : new int[0];
    if (shape.length > 2 && !Shapes.fit(batch, Arrays.copyOf(shape, shape.length - 2))) {
      batch = new int[0];
    }
    int[] out = Arrays.copyOf(batch, batch.length + 2);
    out[batch.length] = right ? inner : m.size();
    out[batch.length + 1] = right ? m.size() : inner;
    return out;
  }

  private static int[] product(int[] a, int[] b) {
    int[] left = a.length == 1 ? new int[] {1, a[0]} : a;
    int[] right = b.length == 1 ? new int[] {b[0], 1} : b;
    int[] batch =
        Shapes.broadcast(
            Arrays.copyOf(left, left.length - 2), Arrays.copyOf(right, right.length - 2));
    int[] out = Arrays.copyOf(batch, batch.length + 2);
    int at = batch.length;
    if (a.length > 1) {
      out[at++] = left[left.length - 2];
    }
    if (b.length > 1) {
      out[at++] = right[right.length - 1];
    }
    return Arrays.copyOf(out, at);
  }

  private static Op linear() {
    return new Op(
        "linear",
        m -> linearOperands(m, true),
        ProductOps::linearRule,
        (in, a) -> Functional.linear(in[0], in[1], in[2]),
        (in, a) -> "linear(%s, %s, %s)".formatted(in[0], in[1], in[2]),
        (in, a) -> "F.linear(%s, %s, %s)".formatted(in[0], in[1], in[2]));
  }

  private static Op linearPlain() {
    return new Op(
        "linearPlain",
        m -> linearOperands(m, false),
        ProductOps::linearRule,
        (in, a) -> Functional.linear(in[0], in[1], null),
        (in, a) -> "linear(%s, %s, null)".formatted(in[0], in[1]),
        (in, a) -> "F.linear(%s, %s)".formatted(in[0], in[1]));
  }

  private static Op.Use linearOperands(Maker m, boolean bias) {
    Integer x = m.find(f -> f.rank() > 0);
    if (x == null) {
      return null;
    }
    Fact fact = m.fact(x);
    int out = m.size();
    int weight = m.typed(fact.dtype(), new int[] {out, fact.size(-1)});
    return bias
        ? new Op.Use(new int[] {x, weight, m.typed(fact.dtype(), new int[] {out})}, Args.none())
        : Op.Use.of(x, weight, Args.none());
  }

  private static Fact linearRule(Fact[] in, Args a) {
    boolean grad = Arrays.stream(in).anyMatch(Fact::grad);
    return new Fact(Fact.promote(in), Shapes.with(in[0].shape(), -1, in[1].size(0)), grad);
  }

  private static Op crossEntropy() {
    return new Op(
        "crossEntropy",
        m -> {
          Integer x = m.find(f -> f.rank() == 2 && f.isReal() && f.size(1) > 0);
          int logits = x != null ? x : m.typed(m.real(), new int[] {m.size(), 1 + m.below(5)});
          Fact fact = m.fact(logits);
          int target = m.indices(new int[] {fact.size(0)}, fact.size(1));
          return Op.Use.of(logits, target, Args.none());
        },
        (in, a) -> in[0].real().with(),
        (in, a) -> Functional.crossEntropy(in[0], in[1]),
        (in, a) -> "crossEntropy(%s, %s)".formatted(in[0], in[1]),
        (in, a) -> "F.cross_entropy(%s, %s)".formatted(in[0], in[1]));
  }

  private static Op mseLoss() {
    return new Op(
        "mseLoss",
        m -> {
          int x = m.mostlyReal();
          return Op.Use.of(x, m.likely(m.fact(x).shape()), Args.none());
        },
        (in, a) -> Fact.broadcast(in).real().with(),
        (in, a) -> Functional.mseLoss(in[0], in[1]),
        (in, a) -> "mseLoss(%s, %s)".formatted(in[0], in[1]),
        (in, a) -> "F.mse_loss(%s, %s)".formatted(in[0], in[1]));
  }
}
