package org.notegrad.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.notegrad.Autograd;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Dataset;
import org.notegrad.nn.Layer;

/** How good a classifier is. */
public final class Metrics {
  private static final int BATCH = 1024;

  /** As many as have a matrix that fits into an array. */
  private static final int MOST_CLASSES = 46_340;

  private Metrics() {}

  /**
   * The share of the examples whose class {@code model}, in evaluation mode, scores highest.
   *
   * @throws NotegradException as {@link #accuracy(Tensor, Tensor)}
   */
  public static double accuracy(Layer model, Dataset dataset) {
    return accuracy(run("accuracy", model, dataset));
  }

  /**
   * The share of rows whose largest score is the target's.
   *
   * @param scores {@code (n, classes)}
   * @param target int64 {@code (n,)}, each in [0, classes)
   * @throws NotegradException if there are no rows, or a shape, the type or a class is another
   */
  public static double accuracy(Tensor scores, Tensor target) {
    return accuracy(Answers.of("accuracy", scores, target));
  }

  private static double accuracy(Answers answers) {
    requireSome("accuracy", answers.target.length);
    int right = 0;
    for (int i = 0; i < answers.target.length; i++) {
      right += answers.target[i] == answers.predicted[i] ? 1 : 0;
    }
    return (double) right / answers.target.length;
  }

  /**
   * The class that {@code model}, in evaluation mode, scores highest for each example: int64 {@code
   * (n,)}.
   */
  public static Tensor predict(Layer model, Dataset dataset) {
    long[] classes = new long[dataset.size()];
    model.evaluating(() -> {
      int at = 0;
      for (Batch batch : new DataLoader(dataset, BATCH)) {
        long[] part = highest(scores("predict", model, batch));
        System.arraycopy(part, 0, classes, at, part.length);
        at += part.length;
      }
      return at;
    });
    return Tensor.tensor(classes);
  }

  /**
   * How often each class (row) was taken for each class (column): int64 {@code (classes, classes)},
   * for as many classes as the model scores.
   *
   * @throws NotegradException as {@link #accuracy(Tensor, Tensor)}
   */
  public static Tensor confusionMatrix(Layer model, Dataset dataset) {
    Answers answers = run("confusionMatrix", model, dataset);
    return count(answers.target, answers.predicted, answers.classes);
  }

  /**
   * How often each class (row) was taken for each class (column).
   *
   * @param target int64 {@code (n,)}, 0 or more
   * @param predicted int64 {@code (n,)}, 0 or more
   * @return int64 {@code (classes, classes)}, up to the highest class that occurs
   * @throws NotegradException if there are none, or a shape, the type or a class is another
   */
  public static Tensor confusionMatrix(Tensor target, Tensor predicted) {
    if (!target.shape().equals(predicted.shape())) {
      throw new ShapeException(
          "confusionMatrix",
          target.shape(),
          predicted.shape(),
          "as many predictions as targets expected");
    }
    int n = (int) target.numel();
    long[] actual = labels("confusionMatrix", target, n, MOST_CLASSES);
    long[] taken = labels("confusionMatrix", predicted, n, MOST_CLASSES);
    long highest = 0;
    for (int i = 0; i < actual.length; i++) {
      highest = Math.max(highest, Math.max(actual[i], taken[i]));
    }
    return count(actual, taken, (int) highest + 1);
  }

  private static Tensor count(long[] actual, long[] taken, int classes) {
    requireSome("confusionMatrix", actual.length);
    long[] counts = new long[classes * classes];
    for (int i = 0; i < actual.length; i++) {
      counts[Math.toIntExact(actual[i] * classes + taken[i])]++;
    }
    return Tensor.fromArray(counts, classes, classes);
  }

  /** What a model answered, beside what is right; both within the classes. */
  private record Answers(long[] target, long[] predicted, int classes) {
    static Answers of(String metric, Tensor scores, Tensor target) {
      requireScores(metric, scores);
      int classes = scores.size(1);
      return new Answers(labels(metric, target, scores.size(0), classes), highest(scores), classes);
    }
  }

  private static Answers run(String metric, Layer model, Dataset dataset) {
    List<Answers> parts =
        model.evaluating(() -> {
          List<Answers> all = new ArrayList<>();
          for (Batch batch : new DataLoader(dataset, BATCH)) {
            all.add(Answers.of(metric, scores(metric, model, batch), batch.y()));
          }
          return all;
        });
    requireSome(metric, parts.size());
    return new Answers(
        parts.stream().flatMapToLong(part -> Arrays.stream(part.target)).toArray(),
        parts.stream().flatMapToLong(part -> Arrays.stream(part.predicted)).toArray(),
        parts.getFirst().classes);
  }

  private static Tensor scores(String metric, Layer model, Batch batch) {
    Tensor scores = Autograd.noGrad(() -> model.forward(batch.x()));
    requireScores(metric, scores);
    if (scores.size(0) != batch.size()) {
      throw new ShapeException(
          metric, scores.shape(), "scores of %d examples expected", batch.size());
    }
    return scores;
  }

  private static void requireScores(String metric, Tensor scores) {
    if (scores.rank() != 2 || scores.size(1) == 0) {
      throw new ShapeException(metric, scores.shape(), "scores (n, classes) expected");
    }
  }

  private static long[] highest(Tensor scores) {
    return scores.detach().argmax(1).toLongArray();
  }

  private static void requireSome(String metric, int examples) {
    if (examples == 0) {
      throw new NotegradException(metric, "there are no examples");
    }
  }

  /** The classes of {@code n} examples, each below {@code classes}. */
  private static long[] labels(String metric, Tensor labels, int n, int classes) {
    if (labels.rank() != 1 || labels.size(0) != n) {
      throw new ShapeException(metric, labels.shape(), "classes of shape (%d,) expected", n);
    }
    if (labels.dtype() == DType.BOOL || labels.dtype().isFloating()) {
      throw new NotegradException(metric, "classes are integers, given %s", labels.dtype());
    }
    long[] values = labels.toLongArray();
    for (int i = 0; i < n; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new NotegradException(
            metric, "class %d of example %d is not in [0, %d)", values[i], i, classes);
      }
    }
    return values;
  }
}
