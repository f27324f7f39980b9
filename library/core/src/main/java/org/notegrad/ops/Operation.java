package org.notegrad.ops;

import org.notegrad.Node;

/** One of the library's own operations: its rule makes new tensors and keeps none of them. */
public abstract class Operation extends Node {
  protected Operation(String name) {
    super(name);
  }

  @Override
  protected final boolean returnsNew() {
    return true;
  }
}
