package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.DType;
import org.notegrad.Dim;
import org.notegrad.Node;
import org.notegrad.NotegradException;
import org.notegrad.PartNode;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.backend.IndexException;

/** Elements chosen by an index tensor. */
public final class Indexing {
  private Indexing() {}

  public static Tensor gather(Tensor x, int dim, Tensor index) {
    int at = check("gather", x, dim, index);
    Tensor places = indices("gather", index);
    return x.rank() == 0
        ? Node.apply(new Gather("gather", 0), x.unsqueeze(0), places.unsqueeze(0)).squeeze(0)
        : Node.apply(new Gather("gather", at), x, places);
  }

  public static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    Tensor places = indices("indexSelect", index);
    if (index.rank() != 1 || x.rank() == 0) {
      throw new ShapeException(
          "indexSelect", x.shape(), index.shape(), "an index of one dimension expected");
    }
    int at = Dim.resolve("indexSelect", dim, x.shape());
    int[] aligned = new int[x.rank()];
    java.util.Arrays.fill(aligned, 1);
    aligned[at] = index.size(0);
    Tensor everywhere = Views.expand(places.reshape(aligned), x.shape().with(at, index.size(0)));
    return Node.apply(new Gather("indexSelect", at), x, everywhere);
  }

  /** {@code x} with {@code source} added at the indices: out of place. */
  public static Tensor scatterAdd(Tensor x, int dim, Tensor index, Tensor source) {
    int at = check("scatterAdd", x, dim, index);
    Checks.given("scatterAdd", "source", source);
    if (!index.shape().equals(source.shape())) {
      throw new ShapeException(
          "scatterAdd", index.shape(), source.shape(), "index and source differ");
    }
    Tensor places = indices("scatterAdd", index);
    Tensor typed = source.to(x.dtype());
    return x.rank() == 0
        ? scatterAdd(x.unsqueeze(0), 0, places.unsqueeze(0), typed.unsqueeze(0)).squeeze(0)
        : Node.apply(new ScatterAdd(at), x, places, typed);
  }

  public static Tensor oneHot(Tensor target, int classes) {
    Tensor labels = indices("oneHot", target);
    if (classes < 0) {
      throw new NotegradException("oneHot", "%d classes; 0 or more expected", classes);
    }
    Tensor wrong = labels.lt(0).logicalOr(labels.ge(classes));
    if (wrong.any()) {
      long first = labels.flatten().get((int) wrong.argmax().itemLong()).itemLong();
      throw new IndexException(first, classes).in("oneHot");
    }
    return labels.unsqueeze(-1).eq(Tensor.arange(classes).to(target.device())).to(DType.INT64);
  }

  /** Indices as int64, in which backends read them. */
  static Tensor indices(String op, Tensor index) {
    Checks.given(op, "index", index);
    if (!index.dtype().isInteger()) {
      throw new NotegradException(op, "the index is %s, int64 or int32 expected", index.dtype());
    }
    return index.to(DType.INT64);
  }

  private static int check(String op, Tensor x, int dim, Tensor index) {
    Checks.given(op, "index", index);
    int at = Dim.resolve(op, dim, x.shape());
    boolean fits = index.rank() == x.rank();
    for (int d = 0; fits && d < x.rank(); d++) {
      fits = d == at || index.shape().size(d) <= x.shape().size(d);
    }
    if (!fits) {
      throw new ShapeException(
          op, x.shape(), index.shape(), "the index must fit in every dimension but %d", at);
    }
    return at;
  }

  private static final class Gather extends PartNode {
    private final int dim;

    Gather(String name, int dim) {
      super(name);
      this.dim = dim;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor out = Creation.empty(x.dtype(), inputs[1].shape(), x);
      try {
        of(out).backend().gather(of(x), dim, of(inputs[1]), of(out));
      } catch (IndexException e) {
        throw e.in(name());
      }
      save(inputs[1]);
      return out;
    }

    @Override
    protected void addTo(Tensor whole, Tensor part) {
      of(whole).backend().scatterAdd(of(part), dim, of(saved(0)), of(whole));
    }

    @Override
    protected Tensor pick(Tensor whole) {
      return gather(whole, dim, saved(0));
    }
  }

  private static final class ScatterAdd extends Operation {
    private final int dim;

    ScatterAdd(int dim) {
      super("scatterAdd");
      this.dim = dim;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
      Tensor out = inputs[0].clone();
      try {
        of(out).backend().scatterAdd(of(inputs[2]), dim, of(inputs[1]), of(out));
      } catch (IndexException e) {
        throw e.in(name());
      }
      save(inputs[1]);
      return out;
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient, null, needs(2) ? gather(gradient, dim, saved(0)) : null};
    }
  }
}
