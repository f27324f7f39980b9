package org.notegrad.viz;

import org.notegrad.data.Batch;

/** A batch: its inputs and targets, one below the other. */
record BatchView(Batch batch) implements View {
  @Override
  public String text() {
    return "x: " + new TensorView(batch.x()).text() + "\ny: " + new TensorView(batch.y()).text();
  }

  @Override
  public String html() {
    return new Page("<div>")
        .add("x", new TensorView(batch.x()).html("x"))
        .add("y", new TensorView(batch.y()).html("y"))
        .close("</div>");
  }
}
