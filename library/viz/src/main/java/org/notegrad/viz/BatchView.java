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
        .add(
            "x",
            "<div style=\"margin:0 0 10px 0\"><b>x</b> "
                + new TensorView(batch.x()).html()
                + "</div>")
        .add("y", "<b>y</b> " + new TensorView(batch.y()).html())
        .close("</div>");
  }
}
