package org.notegrad.kernel.values;

import java.util.Map;
import org.notegrad.viz.View;

/** A view with another text. */
record Told(String text, View view) implements View {
  @Override
  public String html() {
    return view.html();
  }

  @Override
  public Map<String, Object> others() {
    return view.others();
  }
}
