package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All operations, by family. */
final class Ops {
  /** Operations that are drawn together. */
  record Family(int weight, List<Op> ops) {}

  static final List<Family> FAMILIES =
      List.of(
          new Family(20, UnaryOps.all()),
          new Family(22, BinaryOps.all()),
          new Family(14, ReduceOps.all()),
          new Family(20, ViewOps.all()),
          new Family(10, IndexOps.all()),
          new Family(7, ProductOps.all()),
          new Family(5, LayerOps.all()),
          new Family(7, WriteOps.all()));

  private static final Map<String, Op> BY_NAME = new LinkedHashMap<>();

  static {
    for (Family family : FAMILIES) {
      for (Op op : family.ops()) {
        if (BY_NAME.put(op.name(), op) != null) {
          throw new IllegalStateException("two operations are named " + op.name());
        }
      }
    }
  }

  private Ops() {}

  static Op of(String name) {
    Op op = BY_NAME.get(name);
    if (op == null) {
      throw new IllegalArgumentException(
          "there is no operation '%s'; there are %s".formatted(name, BY_NAME.keySet()));
    }
    return op;
  }

  static List<String> names() {
    return new ArrayList<>(BY_NAME.keySet());
  }
}
