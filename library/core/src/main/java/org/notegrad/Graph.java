package org.notegrad;

/** What becomes of the recorded graph when a backward pass walks it. */
public enum Graph {
  /** Saved tensors are dropped as the walk passes them; a second walk is an error. The default. */
  FREE,
  /** The graph stays, for another backward pass ({@code retain_graph=True}). */
  RETAIN,
  /** The graph stays and the gradients are part of a graph too ({@code create_graph=True}). */
  CREATE
}
