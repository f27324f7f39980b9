package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.notegrad.DType;
import org.notegrad.Functional;

/** Joining, and choosing by an index tensor. */
final class IndexOps {
  private IndexOps() {}

  static List<Op> all() {
    return List.of(cat(), stack(), gather(), indexSelect(), scatterAdd(), oneHot());
  }

  /** Two or three parts whose shapes agree but for the size along {@code dim}, or are equal. */
  private static Op.Use parts(Maker m, int first, int dim, boolean mayDiffer, int argument) {
    List<Integer> parts = new ArrayList<>(List.of(first));
    Fact fact = m.fact(first);
    while (parts.size() < 2 || parts.size() < 3 && m.chance(0.3)) {
      int size = mayDiffer ? m.size() : 0;
      int[] shape = mayDiffer ? Shapes.with(fact.shape(), dim, size) : fact.shape();
      parts.add(m.likely(shape));
    }
    return new Op.Use(parts.stream().mapToInt(i -> i).toArray(), Args.ints(argument));
  }

  private static Op cat() {
    return new Op(
        "cat",
        m -> {
          Integer x = m.find(f -> f.rank() > 0);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          return parts(m, x, dim, true, dim);
        },
        (in, a) -> {
          int total = 0;
          for (Fact part : in) {
            total += part.size(a.ints()[0]);
          }
          return joined(in, Shapes.with(in[0].shape(), a.ints()[0], total));
        },
        (in, a) -> Functional.cat(a.ints()[0], in),
        (in, a) -> "cat(%d, %s)".formatted(a.ints()[0], String.join(", ", in)),
        (in, a) -> "torch.cat([%s], %d)".formatted(String.join(", ", in), a.ints()[0]));
  }

  private static Op stack() {
    return new Op(
        "stack",
        m -> {
          int x = m.any();
          int dim = m.dim(m.fact(x).rank() + 1);
          return parts(m, x, dim, false, dim);
        },
        (in, a) -> joined(in, Shapes.inserted(in[0].shape(), a.ints()[0], in.length)),
        (in, a) -> Functional.stack(a.ints()[0], in),
        (in, a) -> "stack(%d, %s)".formatted(a.ints()[0], String.join(", ", in)),
        (in, a) -> "torch.stack([%s], %d)".formatted(String.join(", ", in), a.ints()[0]));
  }

  private static Fact joined(Fact[] parts, int[] shape) {
    boolean grad = Arrays.stream(parts).anyMatch(Fact::grad);
    DType type = Fact.promote(parts);
    return new Fact(type, shape, grad && type.isFloating());
  }

  /** An index that has x's shape but for another size along dim; smaller elsewhere at times. */
  private static int index(Maker m, int[] shape, int dim) {
    int[] sizes = shape.clone();
    for (int i = 0; i < sizes.length; i++) {
      boolean along = i == (dim < 0 ? dim + sizes.length : dim);
      sizes[i] = along ? m.size() : m.chance(0.2) ? m.below(sizes[i] + 1) : sizes[i];
    }
    return m.indices(sizes, shape[dim < 0 ? dim + shape.length : dim]);
  }

  private static Integer indexable(Maker m) {
    return m.find(f -> f.rank() > 0 && f.numel() > 0);
  }

  private static Op gather() {
    return new Op(
        "gather",
        m -> {
          Integer x = indexable(m);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          return Op.Use.of(x, index(m, m.fact(x).shape(), dim), Args.ints(dim));
        },
        (in, a) -> in[0].with(in[1].shape()),
        (in, a) -> in[0].gather(a.ints()[0], in[1]),
        (in, a) -> "%s.gather(%d, %s)".formatted(in[0], a.ints()[0], in[1]),
        (in, a) -> "%s.gather(%d, %s)".formatted(in[0], a.ints()[0], in[1]));
  }

  private static Op indexSelect() {
    return new Op(
        "indexSelect",
        m -> {
          Integer x = indexable(m);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          int index = m.indices(new int[] {m.size()}, m.fact(x).size(dim));
          return Op.Use.of(x, index, Args.ints(dim));
        },
        (in, a) -> in[0].with(Shapes.with(in[0].shape(), a.ints()[0], in[1].size(0))),
        (in, a) -> in[0].indexSelect(a.ints()[0], in[1]),
        (in, a) -> "%s.indexSelect(%d, %s)".formatted(in[0], a.ints()[0], in[1]),
        (in, a) -> "%s.index_select(%d, %s)".formatted(in[0], a.ints()[0], in[1]));
  }

  private static Op scatterAdd() {
    return new Op(
        "scatterAdd",
        m -> {
          Integer x = indexable(m);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          int index = index(m, m.fact(x).shape(), dim);
          int source = m.typed(m.fact(x).dtype(), m.fact(index).shape());
          return new Op.Use(new int[] {x, index, source}, Args.ints(dim));
        },
        (in, a) -> new Fact(in[0].dtype(), in[0].shape(), in[0].grad() || in[2].grad()),
        (in, a) -> in[0].scatterAdd(a.ints()[0], in[1], in[2]),
        (in, a) -> "%s.scatterAdd(%d, %s, %s)".formatted(in[0], a.ints()[0], in[1], in[2]),
        (in, a) -> "%s.scatter_add(%d, %s, %s)".formatted(in[0], a.ints()[0], in[1], in[2]));
  }

  private static Op oneHot() {
    return new Op(
        "oneHot",
        m -> {
          int classes = 1 + m.below(4);
          return Op.Use.of(m.indices(m.shape(), classes), Args.ints(classes));
        },
        (in, a) -> in[0].with(Shapes.inserted(in[0].shape(), -1, a.ints()[0])),
        (in, a) -> Functional.oneHot(in[0], a.ints()[0]),
        (in, a) -> "oneHot(%s, %d)".formatted(in[0], a.ints()[0]),
        (in, a) -> "F.one_hot(%s, %d)".formatted(in[0], a.ints()[0]));
  }
}
