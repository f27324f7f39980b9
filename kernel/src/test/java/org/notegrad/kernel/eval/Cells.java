package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;

/** One evaluator for a test class, and short ways to use it. */
public final class Cells implements AutoCloseable {

  private static final int RUNNING_MILLIS = 80;

  /** Set by a cell when it has come to the code that is to be interrupted. */
  public static volatile boolean started;

  final JavaEvaluator evaluator = JavaEvaluator.start(EvaluatorOptions.defaults());
  private long count;

  CellResult run(String code) {
    return evaluator.evaluate(new Cell(++count, code));
  }

  /** The label of the cell that ran last. */
  String label() {
    return "cell [" + count + "]";
  }

  Object value(String code) {
    var result = run(code);
    return assertInstanceOf(CellResult.Value.class, result, result::toString).value();
  }

  void nothing(String code) {
    var result = run(code);
    assertInstanceOf(CellResult.Nothing.class, result, result::toString);
  }

  CellResult.Failure failure(String code) {
    var result = run(code);
    return assertInstanceOf(CellResult.Failure.class, result, result::toString);
  }

  /** Traceback lines without their colours. */
  static List<String> plain(List<String> traceback) {
    return traceback.stream().map(line -> line.replaceAll("\u001b\\[[\\d;]*m", "")).toList();
  }

  /** Runs a cell that sets {@link #started}, and interrupts it a little after that. */
  CellResult interrupted(String code) {
    started = false;
    var interrupter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!started) {
                  Thread.sleep(1);
                }
                Thread.sleep(RUNNING_MILLIS);
                evaluator.interrupt();
              } catch (InterruptedException e) {
                return; // the cell has ended by itself
              }
            });
    var result = run(code);
    interrupter.interrupt();
    return result;
  }

  /** Code that is not woven, and ignores interrupts. */
  public static void busy(long untilNanos) {
    while (System.nanoTime() < untilNanos) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
