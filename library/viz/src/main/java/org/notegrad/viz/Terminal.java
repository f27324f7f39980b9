package org.notegrad.viz;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The screen of a process without a notebook: prints each view's text to standard output. On a
 * terminal a live view of one line is rewritten in place; into a pipe or a file an update is
 * printed as a line of its own, the last one always and those before at most every five seconds.
 */
final class Terminal implements Screen {
  /** The screen of the process, a terminal unless another has been put in use. */
  static final AtomicReference<Screen> CURRENT = new AtomicReference<>(new Terminal());

  private static final long LOG_EVERY_NANOS = 5_000_000_000L;
  private static final int COLUMNS = columns(System.getenv("COLUMNS"));

  /** What the shell tells, else what every terminal has. */
  private static int columns(String told) {
    return told != null && told.matches("[1-9]\\d{1,3}") ? Integer.parseInt(told) : 80;
  }

  @Override
  public Live show(View view) {
    var console = System.console();
    var live = new Line(System.out, console != null && console.isTerminal());
    live.update(view);
    return live;
  }

  /** One live view; {@code inPlace} when the stream understands a carriage return. */
  static final class Line implements Live {
    private final PrintStream out;
    private final boolean inPlace;
    private String pending = "";
    private int width;
    private long lastPrinted;
    private boolean first = true;

    Line(PrintStream out, boolean inPlace) {
      this.out = out;
      this.inPlace = inPlace;
    }

    @Override
    public synchronized void update(View view) {
      pending = view.text().stripTrailing();
      if (inPlace && pending.indexOf('\n') < 0) {
        // A line that the terminal wraps could not be rewritten.
        rewrite(pending.length() < COLUMNS ? pending : pending.substring(0, COLUMNS - 2) + "…");
      } else if (first || System.nanoTime() - lastPrinted > LOG_EVERY_NANOS) {
        print();
      }
      first = false;
    }

    private void rewrite(String line) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }

    private void print() {
      out.println(pending);
      lastPrinted = System.nanoTime();
      pending = "";
    }

    @Override
    public void atEnd(Consumer<Outcome> action) {
      // A terminal does not know where a piece of code ends.
    }

    @Override
    public synchronized void close() {
      if (width > 0) {
        rewrite(pending);
        out.println();
        width = 0;
        pending = "";
      } else if (!pending.isEmpty()) {
        print();
      }
    }
  }
}
