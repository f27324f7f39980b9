package org.notegrad.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.notegrad.Generator;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/**
 * A data set in batches: each loop over a loader is one epoch. The last batch may be smaller. An
 * interrupted thread gets no further batch, but a {@link CancellationException}.
 */
public final class DataLoader implements Iterable<Batch> {
  private final Dataset dataset;
  private final int batchSize;
  private final Generator shuffle;

  /**
   * In order.
   *
   * @param batchSize 1 or more
   * @throws NotegradException if the data set is null or the size less
   */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, null);
  }

  private DataLoader(Dataset dataset, int batchSize, Generator shuffle) {
    if (dataset == null) {
      throw new NotegradException("DataLoader", "the data set is null");
    }
    if (batchSize < 1) {
      throw new NotegradException("DataLoader", "batch size %d; at least 1 expected", batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
  }

  /**
   * Another loader, of the same batches, that takes each epoch in another order; the same seed
   * gives the same orders. This one stays as it is.
   */
  public DataLoader shuffled(long seed) {
    return new DataLoader(dataset, batchSize, new Generator(seed));
  }

  /** What the batches are made of. */
  public Dataset dataset() {
    return dataset;
  }

  /** The number of examples in each batch but the last. */
  public int batchSize() {
    return batchSize;
  }

  /** The number of batches in an epoch. */
  public int size() {
    return Math.ceilDiv(examples(), batchSize);
  }

  @Override
  public Iterator<Batch> iterator() {
    int n = examples();
    Tensor order = shuffle == null ? Tensor.arange(n) : Tensor.tensor(shuffle.permutation(n));
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < n;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch is over");
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException(
              "DataLoader: interrupted before example " + next + " of " + n);
        }
        int length = Math.min(batchSize, n - next);
        Batch batch = batch(order.narrow(0, next, length));
        next += length;
        return batch;
      }
    };
  }

  private int examples() {
    int size = dataset.size();
    if (size < 0) {
      throw new NotegradException(
          "DataLoader", "the data set says that it has %d examples; 0 or more expected", size);
    }
    return size;
  }

  private Batch batch(Tensor indices) {
    Batch batch = dataset.get(indices);
    if (batch == null) {
      throw new NotegradException(
          "DataLoader", "the data set gave null for %d examples", indices.size(0));
    }
    if (batch.x().rank() == 0 || batch.size() != indices.size(0)) {
      throw new ShapeException(
          "DataLoader",
          batch.x().shape(),
          "%d examples were asked for, which the first dimension counts",
          indices.size(0));
    }
    return batch;
  }

  /** What an epoch is: {@code DataLoader(1438 examples in batches of 64, shuffled)}. */
  @Override
  public String toString() {
    return "DataLoader(%d examples in batches of %d%s)"
        .formatted(examples(), batchSize, shuffle == null ? "" : ", shuffled");
  }
}
