package org.notegrad.viz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.notegrad.Autograd;
import org.notegrad.Handle;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.data.DataLoader;
import org.notegrad.optim.Optimizer;
import org.notegrad.train.History;

/**
 * Shows a training loop while it runs. The loop stays yours; iterate over the epochs of a training
 * and over the batches of each epoch, and log what you want to see:
 *
 * <pre>{@code
 * for (var epoch : Training.epochs(20, train).watch(adam)) {
 *   for (var batch : epoch) {
 *     var loss = crossEntropy(model.forward(batch.x()), batch.y());
 *     adam.zeroGrad(); loss.backward(); adam.step();
 *     epoch.log("loss", loss);
 *   }
 *   epoch.log("val accuracy", accuracy(model, validation));
 * }
 * }</pre>
 *
 * One display shows the progress, every logged series, the learning rate and the norm of the
 * gradient; it changes at most five times a second and takes at most about two percent of the time.
 * Its last frame stays, also when the loop is interrupted.
 *
 * <p>The loop runs in one thread; the end of its cell may be told by another.
 */
public final class Training<B> implements Iterable<Epoch<B>> {
  private static final long FRAME_NANOS = 200_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;

  /** Of the time that passes, one part in so many goes into drawing, another into norms. */
  private static final int SHARE = 100;

  private static final int MAX_PENDING = 1024;

  private record Pending(String name, double step, Tensor value) {}

  private final Iterable<B> data;
  private final LongSupplier nanoTime;
  private final Run run;
  private final List<Pending> pending = new ArrayList<>();
  private Optimizer<?> optimizer;
  private Screen.Live live;
  private long startedAt;
  private long nextFrame;
  private long nextNorm;
  private boolean inStep;
  private boolean seenStep;
  private Handle watching;

  Training(int epochs, Iterable<B> data, LongSupplier nanoTime) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: given " + epochs + ", expected at least 1");
    }
    this.data = data;
    this.nanoTime = nanoTime;
    this.run = new Run(epochs, data == null ? 1 : knownSize(data));
  }

  /** {@code count} passes over {@code data}, usually a data loader. */
  public static <B> Training<B> epochs(int count, Iterable<B> data) {
    return new Training<>(count, Objects.requireNonNull(data, "data"), System::nanoTime);
  }

  /** {@code count} rounds of a loop that takes its data by itself; each is one step. */
  public static Training<Void> epochs(int count) {
    return new Training<>(count, null, System::nanoTime);
  }

  /** Also shows the optimizer's learning rate and the norm of its parameters' gradients. */
  public Training<B> watch(Optimizer<?> optimizer) {
    this.optimizer = optimizer;
    return this;
  }

  /** A schedule may change the learning rate, and the loop clear the gradients, after the step. */
  private synchronized void beforeStep(Optimizer<?> stepping) {
    if (inStep && !seenStep) {
      seenStep = true;
      ofOptimizer();
    }
  }

  private static int knownSize(Iterable<?> data) {
    return switch (data) {
      case DataLoader loader -> loader.size();
      case Collection<?> collection -> collection.size();
      default -> 0;
    };
  }

  /** What has been logged so far, for charts and tables of your own. */
  public synchronized History history() {
    drain();
    return run.history();
  }

  /** What has been logged so far. */
  synchronized View view() {
    drain();
    return run.frame(seconds());
  }

  int epochs() {
    return run.epochs;
  }

  Iterable<B> data() {
    if (data == null) {
      throw new IllegalStateException(
          "epochs(%s) has no batches; give it the data: epochs(%s, loader)"
              .formatted(run.epochs, run.epochs));
    }
    return data;
  }

  /** Starts the display. A training can be iterated over once. */
  @Override
  public Iterator<Epoch<B>> iterator() {
    if (live != null) {
      throw new IllegalStateException("this training has run already; make a new one");
    }
    if (optimizer != null) {
      watching = optimizer.registerStepPreHook(this::beforeStep);
    }
    startedAt = nanoTime.getAsLong();
    live = Screen.current().show(run.frame(0));
    live.atEnd(this::cellEnded);
    nextFrame = nanoTime.getAsLong() + FRAME_NANOS / 2;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return goesOn();
      }

      @Override
      public Epoch<B> next() {
        return nextEpoch();
      }
    };
  }

  private synchronized boolean goesOn() {
    if (run.state == Run.State.RUNNING && run.epoch == run.epochs) {
      endEpoch();
      finish(Run.State.FINISHED);
    }
    return run.state == Run.State.RUNNING;
  }

  private synchronized Epoch<B> nextEpoch() {
    if (!goesOn()) {
      throw new NoSuchElementException("the " + run.epochs + " epochs are over");
    }
    endEpoch();
    run.startEpoch();
    if (data == null) {
      startOfStep(null);
    }
    return new Epoch<>(this, run.epoch);
  }

  private void endEpoch() {
    if (run.epoch > 0) {
      endOfData();
      run.endEpoch();
    }
  }

  synchronized void startOfStep(B batch) {
    endOfStep();
    inStep = true;
    run.startStep(batch instanceof Batch b ? b.size() : 0);
    long now = nanoTime.getAsLong();
    if (now >= nextFrame) {
      draw(now);
    }
  }

  /** After the last batch: what is logged from here on is of the epoch. */
  synchronized void endOfData() {
    if (run.epoch == run.epochs) {
      nextNorm = nanoTime.getAsLong();
    }
    endOfStep();
    run.endOfData();
  }

  private void endOfStep() {
    if (inStep && !seenStep && optimizer != null) {
      ofOptimizer();
    }
    inStep = false;
    seenStep = false;
  }

  private void ofOptimizer() {
    run.add(Run.LEARNING_RATE, run.steps, optimizer.learningRate());
    gradientNorm();
  }

  /** Of every step while that costs next to nothing, else every so often and of the last one. */
  private void gradientNorm() {
    long before = nanoTime.getAsLong();
    if (before < nextNorm) {
      return;
    }
    double squares = Autograd.noGrad(this::sumOfSquares);
    if (squares != 0) {
      run.add(Run.GRADIENT_NORM, run.steps, Math.sqrt(squares));
    }
    long after = nanoTime.getAsLong();
    nextNorm = after + Math.min((after - before) * SHARE, FRAME_NANOS);
  }

  private double sumOfSquares() {
    double squares = 0;
    for (var parameter : optimizer.parameters()) {
      if (parameter.grad() != null) {
        double norm = parameter.grad().norm().item();
        squares += norm * norm;
      }
    }
    return squares;
  }

  synchronized void log(String name, Tensor value) {
    pending.add(new Pending(name, run.position(), value));
    if (pending.size() == MAX_PENDING) {
      drain();
    }
  }

  synchronized void log(String name, double value) {
    drain();
    run.add(name, run.position(), value);
  }

  private void drain() {
    for (var p : pending) {
      run.add(p.name(), p.step(), p.value().item());
    }
    pending.clear();
  }

  private double seconds() {
    return startedAt == 0 ? 0 : (nanoTime.getAsLong() - startedAt) / 1e9;
  }

  private void draw(long now) {
    drain();
    live.update(run.frame((now - startedAt) / 1e9));
    long cost = nanoTime.getAsLong() - now;
    nextFrame = now + cost + Math.clamp(cost * SHARE, FRAME_NANOS, LONGEST_PAUSE_NANOS);
  }

  private void finish(Run.State state) {
    run.state = state;
    drain();
    live.update(run.frame(seconds()));
    live.close();
    if (watching != null) {
      watching.close();
    }
  }

  private synchronized void cellEnded(Screen.Outcome outcome) {
    if (run.state == Run.State.RUNNING) {
      finish(
          switch (outcome) {
            case COMPLETED -> Run.State.STOPPED;
            case FAILED -> Run.State.FAILED;
            case INTERRUPTED -> Run.State.INTERRUPTED;
          });
    }
  }
}
