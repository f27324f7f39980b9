package org.notegrad.viz;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.notegrad.train.History;

/** What has happened in a training so far: where it is and what was logged. */
final class Run {
  static final String LEARNING_RATE = "learning rate";
  static final String GRADIENT_NORM = "gradient norm";

  enum State {
    RUNNING,
    FINISHED,
    STOPPED,
    FAILED,
    INTERRUPTED
  }

  /** The first value that was not a finite number. */
  record Trouble(String name, double value, double step) {}

  final int epochs;
  State state = State.RUNNING;

  /** The current epoch, counted from 1; 0 before the first. */
  int epoch;

  /** Steps begun in all epochs. */
  long steps;

  private final SequencedMap<String, Series> series = new LinkedHashMap<>();
  private final Series epochEnds = new Series();
  private int stepsPerEpoch;
  private long stepsBefore;
  private long samples;
  private boolean dataEnded;
  private Trouble trouble;

  /**
   * @param stepsPerEpoch 0 when it will only be known after the first epoch
   */
  Run(int epochs, int stepsPerEpoch) {
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  void startEpoch() {
    epoch++;
    stepsBefore = steps;
    dataEnded = false;
  }

  void startStep(int samplesOfStep) {
    steps++;
    samples += samplesOfStep;
  }

  void endOfData() {
    dataEnded = true;
  }

  void endEpoch() {
    if (steps > stepsBefore) {
      stepsPerEpoch = (int) Math.min(Integer.MAX_VALUE, steps - stepsBefore);
      epochEnds.add(steps, epoch);
      stepsBefore = steps;
    }
  }

  /** Where a value logged now belongs: the current step. */
  double position() {
    return steps;
  }

  void add(String name, double step, double value) {
    series.computeIfAbsent(name, n -> new Series()).add(step, value);
    if (!Double.isFinite(value) && trouble == null) {
      trouble = new Trouble(name, value, step);
    }
  }

  History history() {
    var history = new History();
    series.forEach((name, values) -> {
      var points = values.soFar();
      for (int i = 0; i < points.size(); i++) {
        history.add(name, points.steps()[i], points.values()[i]);
      }
    });
    return history;
  }

  /** A picture of this moment that later steps do not change. */
  TrainingView frame(double seconds) {
    var points = new LinkedHashMap<String, Series.Points>();
    for (Map.Entry<String, Series> entry : series.entrySet()) {
      points.put(entry.getKey(), entry.getValue().soFar());
    }
    return new TrainingView(
        state,
        epochs,
        epoch,
        steps,
        steps - stepsBefore,
        stepsPerEpoch,
        dataEnded,
        samples,
        seconds,
        points,
        epochEnds.soFar(),
        trouble);
  }
}
