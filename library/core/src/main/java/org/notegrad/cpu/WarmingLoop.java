package org.notegrad.cpu;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.notegrad.DType;
import org.notegrad.backend.Program;

/**
 * The scalar loop, which the interpreter and C1 run tolerably, until the vector loop, which they
 * run hundreds of times slower, has been compiled: a background thread runs it on scratch arrays
 * until it is fast, and then it takes over. Both give the same bits, so nobody notices when.
 */
final class WarmingLoop implements LoopKernel {
  /** A program that has computed so few elements is not worth a thread. */
  private static final long WORTH_IT = 10_000;

  private static final int SCRATCH = 1024;
  private static final int FAST_RUNS = 20;

  /** For a vector: C2's code takes 0.1 or so, C1's and the interpreter's tens and hundreds. */
  private static final long NANOS_PER_INSTRUCTION = 1;

  /** After that the compiler is busy with other things, and is asked less often. */
  private static final long HURRY = TimeUnit.SECONDS.toNanos(5);

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final Program program;
  private final int repeated;
  private final int lanes;
  private final LoopKernel scalar;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile LoopKernel current;
  private volatile String state = "scalar loop; the vector loop comes when it has run for a while";
  private long computed;

  WarmingLoop(Program program, int repeated, int lanes) {
    this.program = program;
    this.repeated = repeated;
    this.lanes = lanes;
    scalar = LoopClass.scalar(program, repeated);
    current = scalar;
  }

  /** Which loop runs now, and why. */
  String state() {
    return state;
  }

  @Override
  public void run(Object[] arrays, int[] at, double[] numbers, int n) {
    LoopKernel loop = current;
    if (loop == scalar) {
      computed += n; // threads may lose each other's counts: it is only a hint
      if (computed > WORTH_IT && !started.get() && started.compareAndSet(false, true)) {
        Thread.ofPlatform().daemon().name("notegrad-warm").start(this::warm);
      }
    }
    loop.run(arrays, at, numbers, n);
  }

  /** Compiles the vector loop, and lets it take over as soon as it is fast. */
  void warm() {
    LoopKernel vector;
    try {
      vector = LoopClass.vector(program, repeated, lanes);
    } catch (LoopClass.Refused e) {
      state = "scalar loop, since " + e.getMessage();
      return;
    }
    int operands = program.inputs().size() + program.outputs().size();
    Object[] arrays = new Object[operands];
    for (int i = 0; i < operands; i++) {
      arrays[i] =
          program.type() == DType.FLOAT32 ? new float[SCRATCH + 1] : new double[SCRATCH + 1];
    }
    int[] at = new int[operands];
    double[] numbers = new double[program.numbers()];
    long limit = NANOS_PER_INSTRUCTION * LoopClass.instructions(program, repeated, lanes);
    limit *= SCRATCH / lanes;
    int fast = 0;
    long start = System.nanoTime();
    while (fast < FAST_RUNS && System.nanoTime() - start < PATIENCE) {
      long began = System.nanoTime();
      vector.run(arrays, at, numbers, SCRATCH + 1);
      fast = System.nanoTime() - began < limit ? fast + 1 : 0;
      if (fast == 0 && System.nanoTime() - start > HURRY) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
    if (fast == FAST_RUNS) {
      current = vector;
      state = "vector loop of %d elements a step".formatted(lanes);
    } else {
      state = "scalar loop, since the vector loop stayed slow";
    }
  }
}
