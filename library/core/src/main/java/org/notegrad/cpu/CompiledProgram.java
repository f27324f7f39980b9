package org.notegrad.cpu;

import java.util.concurrent.ConcurrentHashMap;
import org.notegrad.DType;
import org.notegrad.backend.Program;

/** The loops of one program, by which of its inputs are repeated along a run. */
final class CompiledProgram {
  /** With more ways to repeat its inputs than that, a program has them copied out. */
  private static final int MOST_VARIANTS = 64;

  private final Program program;
  private final int lanes;
  private final LoopKernel contiguous;
  private final String refusal;
  private final ConcurrentHashMap<Integer, LoopKernel> others = new ConcurrentHashMap<>();

  CompiledProgram(Program program, int lanes) {
    this.program = program;
    this.lanes = lanes;
    LoopKernel loop = null;
    String reason = null;
    try {
      loop = make(0);
    } catch (LoopClass.Refused e) {
      reason = e.getMessage();
    }
    contiguous = loop;
    refusal = reason;
  }

  private LoopKernel make(int repeated) {
    return lanes == 1
        ? LoopClass.scalar(program, repeated)
        : new WarmingLoop(program, repeated, lanes);
  }

  /** Whether there is a loop; if not, {@link #state} says why. */
  boolean isFused() {
    return contiguous != null;
  }

  DType type() {
    return program.type();
  }

  /** The loop for runs along which inputs are repeated where {@code repeated} has a bit. */
  LoopKernel loop(int repeated) {
    return repeated == 0 ? contiguous : others.computeIfAbsent(repeated, this::make);
  }

  /** Whether {@link #loop} may be asked for one more way of repeating inputs. */
  boolean hasRoom(int repeated) {
    return others.containsKey(repeated) || others.size() < MOST_VARIANTS;
  }

  /** How it runs, for people. */
  String state() {
    return switch (contiguous) {
      case null -> "operation by operation, since " + refusal;
      case WarmingLoop loop -> loop.state();
      default -> "scalar loop";
    };
  }
}
