package org.notegrad.train;

import java.util.IdentityHashMap;
import java.util.Map;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Dataset;
import org.notegrad.nn.Module;

/** How good a classifier is. */
public final class Metrics {
  private static final int BATCH = 1024;

  private Metrics() {}

  /** The share of the examples whose class {@code model}, in evaluation mode, scores highest. */
  public static double accuracy(Module model, Dataset dataset) {
    Tensor matrix = confusionMatrix(model, dataset);
    double correct = 0;
    for (int i = 0; i < matrix.size(0); i++) {
      correct += matrix.get(i, i).item();
    }
    return correct / dataset.size();
  }

  /**
   * The share of rows whose largest score is the target's.
   *
   * @param scores {@code (n, classes)}
   * @param target int64 {@code (n,)}
   */
  public static double accuracy(Tensor scores, Tensor target) {
    return scores.argmax(1).eq(target).to(DType.FLOAT64).mean().item();
  }

  /**
   * The class that {@code model}, in evaluation mode, scores highest for each example: int64 {@code
   * (n,)}.
   */
  public static Tensor predict(Module model, Dataset dataset) {
    Map<Module, Boolean> modes = new IdentityHashMap<>();
    remember(model, modes);
    model.eval();
    try {
      long[] classes = new long[dataset.size()];
      int at = 0;
      for (Batch batch : new DataLoader(dataset, BATCH)) {
        Tensor scores = Autograd.noGrad(() -> model.forward(batch.x()));
        if (scores.rank() != 2) {
          throw new ShapeException("predict", scores.shape(), "scores (n, classes) expected");
        }
        long[] part = scores.argmax(1).toLongArray();
        System.arraycopy(part, 0, classes, at, part.length);
        at += part.length;
      }
      return Tensor.tensor(classes);
    } finally {
      restore(model, modes);
    }
  }

  private static void remember(Module module, Map<Module, Boolean> training) {
    training.put(module, module.isTraining());
    module.children().values().forEach(child -> remember(child, training));
  }

  /** From the outside in, since each setting reaches all inside. */
  private static void restore(Module module, Map<Module, Boolean> training) {
    if (training.get(module)) {
      module.train();
    } else {
      module.eval();
    }
    module.children().values().forEach(child -> restore(child, training));
  }

  /**
   * How often each class (row) was taken for each class (column): int64 {@code (classes, classes)}.
   */
  public static Tensor confusionMatrix(Module model, Dataset dataset) {
    return confusionMatrix(dataset.all().y(), predict(model, dataset));
  }

  /**
   * How often each class (row) was taken for each class (column).
   *
   * @param target int64 {@code (n,)}
   * @param predicted int64 {@code (n,)}
   * @return int64 {@code (classes, classes)}
   */
  public static Tensor confusionMatrix(Tensor target, Tensor predicted) {
    if (target.numel() == 0) {
      throw new NotegradException("confusionMatrix", "there are no examples");
    }
    long[] actual = target.toLongArray();
    long[] taken = predicted.toLongArray();
    int classes = (int) Math.max(target.max().itemLong(), predicted.max().itemLong()) + 1;
    long[] counts = new long[classes * classes];
    for (int i = 0; i < actual.length; i++) {
      counts[Math.toIntExact(actual[i] * classes + taken[i])]++;
    }
    return Tensor.fromArray(counts, classes, classes);
  }
}
