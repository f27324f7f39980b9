package org.notegrad.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.notegrad.DType;

/** Collects the instructions of a {@link Program}; an equal one is not repeated. */
public final class ProgramBuilder {
  private final List<Program.Op> code = new ArrayList<>();
  private final Map<Program.Op, Integer> values = new HashMap<>();

  /** The number of the value that {@code op} makes. */
  public int add(Program.Op op) {
    Integer known = values.putIfAbsent(op, code.size());
    if (known != null) {
      return known;
    }
    code.add(op);
    return code.size() - 1;
  }

  /** The instruction that made a value. */
  public Program.Op get(int value) {
    return code.get(value);
  }

  /** The program with these outputs, without what none of them needs. */
  public Program build(DType type, List<DType> inputs, int numbers, List<Integer> outputs) {
    boolean[] used = new boolean[code.size()];
    outputs.forEach(output -> used[output] = true);
    for (int v = code.size() - 1; v >= 0; v--) {
      if (used[v]) {
        for (int operand : code.get(v).operands()) {
          used[operand] = true;
        }
      }
    }
    int[] to = new int[code.size()];
    List<Program.Op> live = new ArrayList<>();
    for (int v = 0; v < code.size(); v++) {
      if (used[v]) {
        to[v] = live.size();
        live.add(code.get(v).renumbered(to));
      }
    }
    return new Program(type, inputs, numbers, live, outputs.stream().map(o -> to[o]).toList());
  }
}
