package org.notegrad.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.notegrad.Generator;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * A data set in batches: each loop over a loader is one epoch. The last batch may be smaller. An
 * interrupted thread gets no further batch, but a {@link CancellationException}.
 */
public final class DataLoader implements Iterable<Batch> {
  private final Dataset dataset;
  private final int batchSize;
  private final Generator shuffle;

  /** In order. */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, null);
  }

  private DataLoader(Dataset dataset, int batchSize, Generator shuffle) {
    if (batchSize < 1) {
      throw new NotegradException("DataLoader", "batch size %d; at least 1 expected", batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
  }

  /** A loader that takes each epoch in another order; the same seed gives the same orders. */
  public DataLoader shuffle(long seed) {
    return new DataLoader(dataset, batchSize, new Generator(seed));
  }

  public Dataset dataset() {
    return dataset;
  }

  public int batchSize() {
    return batchSize;
  }

  /** The number of batches in an epoch. */
  public int size() {
    return Math.ceilDiv(dataset.size(), batchSize);
  }

  @Override
  public Iterator<Batch> iterator() {
    int n = dataset.size();
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
        Batch batch = dataset.get(order.narrow(0, next, length));
        next += length;
        return batch;
      }
    };
  }

  /** What an epoch is: {@code DataLoader(1438 examples in batches of 64, shuffled)}. */
  @Override
  public String toString() {
    return "DataLoader(%d examples in batches of %d%s)"
        .formatted(dataset.size(), batchSize, shuffle == null ? "" : ", shuffled");
  }
}
