package org.notegrad.viz;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.notegrad.Tensor;

/**
 * One pass over the data of a {@link Training}: iterate over it to get the batches, and log what
 * should be shown.
 */
public final class Epoch<B> implements Iterable<B> {
  private final Training<B> training;
  private final int number;

  Epoch(Training<B> training, int number) {
    this.training = training;
    this.number = number;
  }

  /** The number of this epoch, the first is 1. */
  public int number() {
    return number;
  }

  /** The batches of this epoch. */
  @Override
  public Iterator<B> iterator() {
    var batches = training.data().iterator();
    return new Iterator<>() {
      private boolean ended;

      @Override
      public boolean hasNext() {
        boolean more = batches.hasNext();
        if (!more && !ended) {
          ended = true;
          training.endOfData();
        }
        return more;
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the batches of epoch " + number + " are used up");
        }
        var batch = batches.next();
        training.startOfStep(batch);
        return batch;
      }
    };
  }

  /**
   * Logs a value of the current step, or, after the last batch, of the epoch. Series whose names
   * differ only in a leading "train", "val" or "test" share a panel, so {@code "val loss"} is drawn
   * over {@code "loss"}.
   *
   * <p>The value is copied now and read when the next frame is drawn, so logging waits for no
   * device, and what becomes of the tensor later does not change the series.
   *
   * @param value of one element
   */
  public Epoch<B> log(String name, Tensor value) {
    if (value.numel() != 1) {
      throw new IllegalArgumentException(
          "log: \"" + name + "\" is one number, given a tensor of shape " + value.shape());
    }
    training.log(name, value.detach().clone());
    return this;
  }

  /** Logs a value of the current step, or, after the last batch, of the epoch. */
  public Epoch<B> log(String name, double value) {
    training.log(name, value);
    return this;
  }

  @Override
  public String toString() {
    return "epoch " + number + " of " + training.epochs();
  }
}
