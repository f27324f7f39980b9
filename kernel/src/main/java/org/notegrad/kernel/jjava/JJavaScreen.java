package org.notegrad.kernel.jjava;

import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.notegrad.kernel.display.Clear;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.display.DisplaySink;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.viz.Screen;
import org.notegrad.viz.View;

/**
 * Shows and updates displays in the cell that JJava runs. Between cells JJava shows nothing.
 *
 * @param kernel JJava's
 * @param renderers turn values into bundles
 */
record JJavaScreen(BaseKernel kernel, Renderers renderers) implements DisplaySink, Screen {
  @Override
  public void show(MimeBundle bundle, String id) {
    kernel.display(data(bundle, id));
  }

  @Override
  public void update(MimeBundle bundle, String id) {
    kernel.getIO().display.updateDisplay(data(bundle, id));
  }

  private static DisplayData data(MimeBundle bundle, String id) {
    var data = new DisplayData();
    bundle.data().forEach(data::putData);
    bundle.metadata().forEach(data::putMetaData);
    data.putTransientData("display_id", id);
    return data;
  }

  @Override
  public void clear(Clear when) {
    throw new UnsupportedOperationException("clearOutput: JJava has no message for it");
  }

  @Override
  public Live show(View view) {
    return new InCell(Display.display(view));
  }

  private record InCell(Display display) implements Live {
    @Override
    public void update(View view) {
      display.update(view);
    }

    @Override
    public void atEnd(Consumer<Outcome> action) {
      // JJava tells nobody that a cell has ended.
    }

    @Override
    public void close() {
      // The last frame stays where it is.
    }
  }
}
