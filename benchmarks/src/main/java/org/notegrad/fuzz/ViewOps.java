package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Other looks at the same elements. */
final class ViewOps {
  /** Operations whose result may be, or look at, an operand. */
  static final Set<String> SHARING =
      Stream.concat(all().stream().map(Op::name), Stream.of("contiguous", "detach", "to"))
          .collect(Collectors.toSet());

  private ViewOps() {}

  static List<Op> all() {
    List<Op> ops = new ArrayList<>();
    ops.add(reshape());
    ops.add(
        view(
            "flatten",
            m -> Op.Use.of(m.any(), Args.none()),
            (in, a) -> in[0].with((int) in[0].numel()),
            (in, a) -> in[0].flatten(),
            "%s.flatten()"));
    ops.add(flattenFrom());
    ops.add(transpose());
    ops.add(
        view(
            "t",
            m -> unary(m.ofRank(2)),
            (in, a) -> in[0].with(in[0].size(1), in[0].size(0)),
            (in, a) -> in[0].t(),
            "%s.t()"));
    ops.add(permute());
    ops.add(expand());
    ops.add(squeeze());
    ops.add(unsqueeze());
    ops.add(select());
    ops.add(get());
    ops.add(narrow());
    ops.add(slice());
    return ops;
  }

  private static Op.Use unary(Integer operand) {
    return operand == null ? null : Op.Use.of(operand, Args.none());
  }

  /** A view that is written alike in both languages, with all ints in order. */
  private static Op view(String name, Op.Choice choice, Op.Rule rule, Op.Body run, String text) {
    Op.Text both = (in, a) -> text.formatted(in[0], Args.list(a.ints()));
    return new Op(name, choice, rule, run, both, both);
  }

  private static Op reshape() {
    return view(
            "reshape",
            m -> {
              int x = m.any();
              int[] target = m.factors((int) m.fact(x).numel());
              if (target.length > 0 && m.fact(x).numel() > 0 && m.chance(0.4)) {
                target[m.below(target.length)] = -1;
              }
              return Op.Use.of(x, Args.ints(target));
            },
            (in, a) -> {
              int[] target = a.ints().clone();
              for (int i = 0; i < target.length; i++) {
                if (target[i] == -1) {
                  target[i] = 1;
                  target[i] = (int) (in[0].numel() / Shapes.numel(target));
                }
              }
              return in[0].with(target);
            },
            (in, a) -> in[0].reshape(a.ints()),
            "%s.reshape(%s)")
        .withPython((in, a) ->
            "%s.reshape((%s,))".formatted(in[0], Args.list(a.ints())).replace("((,))", "(())"));
  }

  private static Op flattenFrom() {
    return view(
        "flattenFrom",
        m -> {
          int x = m.any();
          return Op.Use.of(x, Args.ints(m.dim(m.fact(x).rank())));
        },
        (in, a) -> {
          int rank = in[0].rank();
          int at = a.ints()[0] < 0 ? a.ints()[0] + Math.max(rank, 1) : a.ints()[0];
          int[] head = Arrays.copyOf(in[0].shape(), at + 1);
          int[] tail = rank == 0 ? new int[0] : Arrays.copyOfRange(in[0].shape(), at, rank);
          head[at] = (int) Shapes.numel(tail);
          return in[0].with(head);
        },
        (in, a) -> in[0].flatten(a.ints()[0]),
        "%s.flatten(%s)");
  }

  private static Op transpose() {
    return view(
        "transpose",
        m -> {
          int x = m.any();
          int rank = m.fact(x).rank();
          return Op.Use.of(x, Args.ints(m.dim(rank), m.dim(rank)));
        },
        (in, a) -> {
          int[] shape = in[0].shape().clone();
          if (shape.length > 0) {
            int p = a.ints()[0] < 0 ? a.ints()[0] + shape.length : a.ints()[0];
            int q = a.ints()[1] < 0 ? a.ints()[1] + shape.length : a.ints()[1];
            shape[p] = in[0].shape()[q];
            shape[q] = in[0].shape()[p];
          }
          return in[0].with(shape);
        },
        (in, a) -> in[0].transpose(a.ints()[0], a.ints()[1]),
        "%s.transpose(%s)");
  }

  private static Op permute() {
    return view(
            "permute",
            m -> {
              int x = m.any();
              return Op.Use.of(x, Args.ints(m.order(m.fact(x).rank())));
            },
            (in, a) -> {
              int[] shape = new int[in[0].rank()];
              Arrays.setAll(shape, i -> in[0].size(a.ints()[i]));
              return in[0].with(shape);
            },
            (in, a) -> in[0].permute(a.ints()),
            "%s.permute(%s)")
        .withPython((in, a) ->
            "%s.permute((%s,))".formatted(in[0], Args.list(a.ints())).replace("((,))", "(())"));
  }

  private static Op expand() {
    return view(
            "expand",
            m -> {
              int x = m.any();
              int[] shape = m.fact(x).shape();
              int added = m.chance(0.4) ? 1 : 0;
              int[] target = new int[shape.length + added];
              for (int i = 0; i < target.length; i++) {
                int size = i < added ? 1 : shape[i - added];
                target[i] = size == 1 ? m.size() : m.chance(0.3) && i >= added ? -1 : size;
              }
              return Op.Use.of(x, Args.ints(target));
            },
            (in, a) -> {
              int[] target = a.ints().clone();
              int added = target.length - in[0].rank();
              for (int i = added; i < target.length; i++) {
                target[i] = target[i] == -1 ? in[0].shape()[i - added] : target[i];
              }
              return in[0].with(target);
            },
            (in, a) -> in[0].expand(a.ints()),
            "%s.expand(%s)")
        .withPython((in, a) ->
            "%s.expand((%s,))".formatted(in[0], Args.list(a.ints())).replace("((,))", "(())"));
  }

  private static Op squeeze() {
    return view(
        "squeeze",
        m -> {
          Integer x = m.find(f -> Arrays.stream(f.shape()).anyMatch(size -> size == 1));
          if (x == null) {
            return null;
          }
          int[] shape = m.fact(x).shape();
          int dim = m.below(shape.length);
          while (shape[dim] != 1) {
            dim = (dim + 1) % shape.length;
          }
          return Op.Use.of(x, Args.ints(m.chance(0.5) ? dim : dim - shape.length));
        },
        (in, a) -> in[0].with(Shapes.without(in[0].shape(), a.ints()[0])),
        (in, a) -> in[0].squeeze(a.ints()[0]),
        "%s.squeeze(%s)");
  }

  private static Op unsqueeze() {
    return view(
        "unsqueeze",
        m -> {
          int x = m.any();
          return Op.Use.of(x, Args.ints(m.dim(m.fact(x).rank() + 1)));
        },
        (in, a) -> in[0].with(Shapes.inserted(in[0].shape(), a.ints()[0], 1)),
        (in, a) -> in[0].unsqueeze(a.ints()[0]),
        "%s.unsqueeze(%s)");
  }

  private static Op select() {
    return view(
        "select",
        m -> {
          Integer x = m.find(f -> f.rank() > 0 && f.numel() > 0);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          int size = m.fact(x).size(dim);
          return Op.Use.of(x, Args.ints(dim, m.below(size) - (m.chance(0.4) ? size : 0)));
        },
        (in, a) -> in[0].with(Shapes.without(in[0].shape(), a.ints()[0])),
        (in, a) -> in[0].select(a.ints()[0], a.ints()[1]),
        "%s.select(%s)");
  }

  private static Op get() {
    return view(
            "get",
            m -> {
              Integer x = m.find(f -> f.rank() > 1 && f.numel() > 0);
              if (x == null) {
                return null;
              }
              int[] shape = m.fact(x).shape();
              return Op.Use.of(x, Args.ints(m.below(shape[0]), m.below(shape[1])));
            },
            (in, a) -> in[0].with(Arrays.copyOfRange(in[0].shape(), 2, in[0].rank())),
            (in, a) -> in[0].get(a.ints()),
            "%s.get(%s)")
        .withPython((in, a) -> "%s[%s]".formatted(in[0], Args.list(a.ints())));
  }

  private static Op narrow() {
    return view(
        "narrow",
        m -> {
          Integer x = m.find(f -> f.rank() > 0);
          if (x == null) {
            return null;
          }
          int dim = m.dim(m.fact(x).rank());
          int size = m.fact(x).size(dim);
          int start = m.below(size + 1);
          return Op.Use.of(x, Args.ints(dim, start, m.below(size - start + 1)));
        },
        (in, a) -> in[0].with(Shapes.with(in[0].shape(), a.ints()[0], a.ints()[2])),
        (in, a) -> in[0].narrow(a.ints()[0], a.ints()[1], a.ints()[2]),
        "%s.narrow(%s)");
  }

  private static Op slice() {
    return view(
            "slice",
            m -> {
              Integer x = m.find(f -> f.rank() > 0);
              if (x == null) {
                return null;
              }
              int dim = m.dim(m.fact(x).rank());
              int size = m.fact(x).size(dim);
              int start = m.below(2 * size + 2) - size - 1;
              int end = m.chance(0.6) ? size + 1 : m.below(2 * size + 2) - size;
              return Op.Use.of(x, Args.ints(dim, start, end, 1 + m.below(3)));
            },
            (in, a) -> {
              int size = in[0].size(a.ints()[0]);
              int from = bound(a.ints()[1], size);
              int length = Math.max(0, bound(a.ints()[2], size) - from);
              return in[0].with(
                  Shapes.with(in[0].shape(), a.ints()[0], Math.ceilDiv(length, a.ints()[3])));
            },
            (in, a) -> in[0].slice(a.ints()[0], a.ints()[1], a.ints()[2], a.ints()[3]),
            "%s.slice(%s)")
        .withPython(ViewOps::pythonSlice);
  }

  private static int bound(int at, int size) {
    return Math.clamp(at < 0 ? at + size : at, 0, size);
  }

  private static String pythonSlice(String[] in, Args a) {
    int dim = a.ints()[0];
    String part = a.ints()[1] + ":" + a.ints()[2] + ":" + a.ints()[3];
    return dim >= 0
        ? in[0] + "[" + ":, ".repeat(dim) + part + "]"
        : in[0] + "[..., " + part + ", :".repeat(-dim - 1) + "]";
  }
}
