package org.notegrad.kernel.jjava;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.notegrad.kernel.display.Clear;
import org.notegrad.kernel.display.Display;

/** Where extensions print and display: the cell that the calling thread works for. */
final class HostIO extends JupyterIO {
  HostIO() {
    super(StandardCharsets.UTF_8);
    setEnv(new Cell());
  }

  /** Takes messages for channels that do not exist, and lets our kernel show what they say. */
  private static final class Cell extends ShellReplyEnvironment {
    Cell() {
      super(null, null, null, null);
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
      switch (content) {
        case PublishDisplayData shown when shown.hasDisplayId() ->
            Display.display(HostRenderer.bundle(shown), shown.getDisplayId());
        case PublishDisplayData shown -> Display.display(HostRenderer.bundle(shown));
        case PublishUpdateDisplayData changed ->
            Display.withId(changed.getDisplayId()).update(HostRenderer.bundle(changed));
        case PublishClearOutput clear ->
            Display.clearOutput(clear.shouldWait() ? Clear.WHEN_NEXT_OUTPUT_COMES : Clear.NOW);
        default -> throw HostKernel.unsupported("publish " + content.getClass().getSimpleName());
      }
    }

    @Override
    public void writeToStdOut(String text) {
      System.out.print(text);
    }

    @Override
    public void writeToStdErr(String text) {
      System.err.print(text);
    }

    @Override
    public String readFromStdIn(String prompt, boolean isPassword) {
      throw HostKernel.unsupported("readFromStdIn");
    }
  }
}
