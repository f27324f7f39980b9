package org.notegrad.cpu;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.notegrad.DType;
import org.notegrad.backend.Layout;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;
import org.notegrad.backend.Program;

/** Runs programs: takes strided operands apart into runs, and the runs to compiled loops. */
final class CpuPrograms {
  /** What a step reads and writes stays in the second-level cache. */
  private static final int BLOCK = 16_384;

  /** More programs than that are made by a defect; the loops of all are then made anew. */
  private static final int MOST_PROGRAMS = 1_000;

  /** Which inputs are repeated is a bit of an int. */
  private static final int MOST_INPUTS = 31;

  private final ConcurrentHashMap<Program, CompiledProgram> compiled = new ConcurrentHashMap<>();
  private final int floatLanes;
  private final int doubleLanes;

  /** Loops over vectors of that many elements; 1 for scalars only. */
  CpuPrograms(int floatLanes, int doubleLanes) {
    this.floatLanes = floatLanes;
    this.doubleLanes = doubleLanes;
  }

  /** How a program runs, for people. */
  String explain(Program program) {
    return compiled(program).state();
  }

  /** Whether it has run: {@link org.notegrad.backend.Backend#run}. */
  boolean run(Program program, double[] numbers, Operand[] inputs, Operand[] outputs) {
    CompiledProgram loops = compiled(program);
    if (!loops.isFused() || inputs.length > MOST_INPUTS) {
      return false;
    }
    int count = inputs.length + outputs.length;
    Operand[] operands = new Operand[count];
    Object[] arrays = new Object[count];
    int[] at = new int[count];
    boolean plain = true;
    for (int i = 0; i < count; i++) {
      boolean isInput = i < inputs.length;
      Operand x = isInput ? inputs[i] : outputs[i - inputs.length];
      if (x.dtype() != program.type()) {
        x = CpuCopy.to(program.type(), x);
      }
      if (!isInput && !x.isContiguous()) {
        return false;
      }
      operands[i] = x;
      arrays[i] = CpuBackend.array(x);
      at[i] = (int) x.offset();
      plain &= x.isContiguous();
    }
    int n = (int) operands[count - 1].numel();
    if (plain && n > 0) {
      contiguous(loops.loop(0), arrays, at, numbers, n);
    } else if (n > 0) {
      strided(loops, operands, arrays, inputs.length, numbers);
    }
    return true;
  }

  private CompiledProgram compiled(Program program) {
    CompiledProgram known = compiled.get(program);
    if (known != null) {
      return known;
    }
    if (compiled.size() >= MOST_PROGRAMS) {
      compiled.clear();
    }
    int lanes = program.type() == DType.FLOAT32 ? floatLanes : doubleLanes;
    return compiled.computeIfAbsent(program, p -> new CompiledProgram(p, lanes));
  }

  private static void contiguous(
      LoopKernel loop, Object[] arrays, int[] at, double[] numbers, int n) {
    if (n <= BLOCK) {
      loop.run(arrays, at, numbers, n);
      return;
    }
    Parallel.forRange(
        n,
        CpuBackend.GRAIN,
        (from, to) -> {
          int[] start = new int[at.length];
          for (int block = from; block < to; block += BLOCK) {
            for (int i = 0; i < at.length; i++) {
              start[i] = at[i] + block;
            }
            loop.run(arrays, start, numbers, Math.min(BLOCK, to - block));
          }
        });
  }

  private static void strided(
      CompiledProgram program, Operand[] operands, Object[] arrays, int inputs, double[] numbers) {
    Walk walk = walk(operands);
    int repeated = repeated(walk, operands.length);
    boolean copied = false;
    for (int i = 0; i < inputs; i++) {
      boolean isRun = walk.step(i) == 1 || walk.length() == 1;
      boolean repeats = (repeated >> i & 1) != 0 && program.hasRoom(repeated);
      if (!isRun && !repeats) {
        operands[i] = operands[i].contiguous();
        arrays[i] = CpuBackend.array(operands[i]);
        copied = true;
      }
    }
    if (copied) { // the dimensions join in another way now
      walk = walk(operands);
      repeated = repeated(walk, operands.length);
    }
    LoopKernel loop = program.loop(repeated);
    Walk way = walk;
    walk.forEach(CpuBackend.GRAIN, (at, n) -> blocks(loop, arrays, way, at, numbers, n));
  }

  private static Walk walk(Operand[] operands) {
    Layout[] layouts = new Layout[operands.length];
    Arrays.setAll(layouts, i -> operands[i].layout());
    return Walk.of(layouts);
  }

  private static int repeated(Walk walk, int operands) {
    int repeated = 0;
    for (int i = 0; i < operands && walk.length() > 1; i++) {
      repeated |= walk.step(i) == 0 ? 1 << i : 0;
    }
    return repeated;
  }

  private static void blocks(
      LoopKernel loop, Object[] arrays, Walk walk, int[] at, double[] numbers, int n) {
    for (int left = n; left > 0; left -= BLOCK) {
      loop.run(arrays, at, numbers, Math.min(BLOCK, left));
      for (int i = 0; i < at.length; i++) {
        at[i] += BLOCK * walk.step(i);
      }
    }
  }
}
